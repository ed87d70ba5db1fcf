from flask import (
    Flask,
    request,
    jsonify,
    render_template_string,
    session,
    redirect,
    url_for,
    abort,
    Blueprint,
)

app = Flask(__name__)
app.secret_key = "k"


@app.route("/")
def home():
    return render_template_string(
        "<h1>{{ x }}</h1>{% for i in range(3) %}{{ loop.index }}{% endfor %}", x="<b>"
    )


@app.route("/j/<int:n>", methods=["GET", "POST"])
def j(n):
    return jsonify(n=n, args=request.args, form=request.form, json=request.get_json(silent=True))


@app.route("/s")
def s():
    session["n"] = session.get("n", 0) + 1
    return str(session["n"])


@app.route("/r")
def r():
    return redirect(url_for("j", n=5))


@app.errorhandler(404)
def e(x):
    return "nope: %s" % x, 404


bp = Blueprint("b", __name__, url_prefix="/b")


@bp.route("/x")
def x():
    abort(418)


app.register_blueprint(bp)
c = app.test_client()
for u in "/", "/j/3?a=1&b=2", "/s", "/s", "/r", "/zzz", "/b/x":
    a = c.get(u)
    print(u, a.status, a.headers.get("Location"), a.data)
print(c.post("/j/1", json={"k": [1, None]}).data, c.post("/j/1", data={"f": "é"}).data)
import threading, urllib.request
from werkzeug.serving import make_server

srv = make_server("127.0.0.1", 0, app, threaded=True)
t = threading.Thread(target=srv.serve_forever)
t.start()
print(urllib.request.urlopen(f"http://127.0.0.1:{srv.port}/j/9?z=1").read())
srv.shutdown()
t.join()
