import django, os
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="x",
    ALLOWED_HOSTS=["*"],
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {}}],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
)
django.setup()
from django.db import models, connection
from django.core.management import call_command
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.template import Template, Context
from django import forms


class Book(models.Model):
    title = models.CharField(max_length=100)
    year = models.IntegerField()
    price = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        app_label = "shop"


call_command("migrate", verbosity=1)
with connection.schema_editor() as e:
    e.create_model(Book)
for i in range(20):
    Book.objects.create(title=f"Book {i}", year=1990 + i, price=f"{i}.50")
print(
    Book.objects.filter(year__gt=2000).count(),
    list(Book.objects.filter(title__contains="1").values_list("title", "price"))[:4],
)
print(
    Book.objects.aggregate(models.Avg("year"), models.Sum("price")),
    str(Book.objects.filter(models.Q(year=1991) | ~models.Q(year__lt=2005)).query),
)
from django.contrib.auth.models import User

u = User.objects.create_user("ann", "a@b.c", "pw")
print(u.check_password("pw"), u.check_password("no"), User.objects.get(username="ann").email)


def view(request, n):
    return JsonResponse(
        {"n": n, "q": request.GET.get("q"), "books": list(Book.objects.filter(year=n).values())}
    )


def home(request):
    return HttpResponse(
        Template(
            "{% for b in books %}{{ b.title|upper }} {{ b.price }};{% endfor %}{{ x|default:'none' }}"
        ).render(Context({"books": Book.objects.all()[:3]}))
    )


urlpatterns = [path("y/<int:n>/", view), path("", home)]
from django.test import Client

c = Client()
print(c.get("/y/1995/?q=1").content, c.get("/").content, c.get("/none").status_code)


class F(forms.Form):
    name = forms.CharField(max_length=5)
    age = forms.IntegerField(min_value=1)


f = F({"name": "toolong", "age": "0"})
print(f.is_valid(), f.errors.as_json(), F().as_p())
