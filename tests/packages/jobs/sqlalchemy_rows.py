import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, Session, relationship, selectinload

B = declarative_base()


class U(B):
    __tablename__ = "u"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(30), nullable=False)
    posts = relationship("P", back_populates="u", cascade="all, delete-orphan")

    def __repr__(self):
        return f"U({self.id}, {self.name!r})"


class P(B):
    __tablename__ = "p"
    id = sa.Column(sa.Integer, primary_key=True)
    t = sa.Column(sa.Text)
    uid = sa.Column(sa.ForeignKey("u.id"))
    when = sa.Column(sa.DateTime)
    n = sa.Column(sa.Numeric(8, 2))
    u = relationship("U", back_populates="posts")


import datetime, decimal

e = sa.create_engine("sqlite://", echo=False)
B.metadata.create_all(e)
with Session(e) as s:
    for i in range(5):
        s.add(
            U(
                name=f"n{i}",
                posts=[
                    P(
                        t=f"t{i}{k}",
                        when=datetime.datetime(2020, 1, 1 + k),
                        n=decimal.Decimal("1.25") * k,
                    )
                    for k in range(i)
                ],
            )
        )
    s.commit()
    print(s.query(U).filter(U.name.like("n%")).order_by(U.id.desc()).all())
    print(
        s.execute(
            sa.select(U.name, sa.func.count(P.id), sa.func.sum(P.n))
            .join(P)
            .group_by(U.name)
            .order_by(U.name)
        ).all()
    )
    u = s.get(U, 3)
    print(u.posts[0].when, u.posts[1].n, u.posts[0].u is u)
    s.delete(u)
    s.commit()
    print(s.query(P).count())
    print(s.scalars(sa.select(U).options(selectinload(U.posts))).all())
    print(sa.select(U).join(P).where(P.t == "x", sa.or_(U.id > 1, U.name.is_(None))).compile(e))
    try:
        s.add(U())
        s.commit()
    except sa.exc.IntegrityError as x:
        print(x)
        s.rollback()
print(sa.inspect(e).get_table_names(), [c["name"] for c in sa.inspect(e).get_columns("p")])
