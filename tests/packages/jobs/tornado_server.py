import tornado.web, tornado.httpserver, tornado.httpclient, tornado.websocket, asyncio, tornado.testing, json


class M(tornado.web.RequestHandler):
    def get(self, n):
        self.write({"n": int(n), "a": self.get_arguments("a")})

    async def post(self, n):
        await asyncio.sleep(0.01)
        self.set_status(201)
        self.finish(self.request.body[::-1])


class W(tornado.websocket.WebSocketHandler):
    def on_message(self, m):
        self.write_message("echo " + m)


class Tm(tornado.web.RequestHandler):
    def get(self):
        self.write(
            tornado.template.Template("{% for i in x %}<{{ i }}>{% end %}").generate(x=["a", "&"])
        )


async def main():
    app = tornado.web.Application([(r"/m/(\d+)", M), (r"/w", W), ("/t", Tm)])
    s = tornado.httpserver.HTTPServer(app)
    so = tornado.testing.bind_unused_port()
    s.add_socket(so[0])
    b = f"http://127.0.0.1:{so[1]}"
    c = tornado.httpclient.AsyncHTTPClient()
    r = await c.fetch(b + "/m/5?a=1&a=2")
    print(r.code, r.body)
    r = await c.fetch(b + "/m/5", method="POST", body=b"abc")
    print(r.code, r.body)
    print((await c.fetch(b + "/t")).body)
    rs = await asyncio.gather(*[c.fetch(b + f"/m/{i}") for i in range(50)])
    print(sum(json.loads(r.body)["n"] for r in rs))
    try:
        await c.fetch(b + "/none")
    except tornado.httpclient.HTTPClientError as e:
        print(e)
    w = await tornado.websocket.websocket_connect(f"ws://127.0.0.1:{so[1]}/w")
    await w.write_message("hi")
    print(await w.read_message())
    w.close()
    s.stop()


import tornado.template

asyncio.run(main())
