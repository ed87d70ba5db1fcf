import ssl, threading, http.server, subprocess, requests, json, os

subprocess.run(
    "openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 "
    "-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1".split(),
    check=True,
    capture_output=True,
)


class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, body, code=200, **kw):
        self.send_response(code)
        for k, v in kw.items():
            self.send_header(k.replace("_", "-"), v)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/r":
            self.reply(b"", 302, Location="/x")
        elif self.path == "/gz":
            import gzip

            self.reply(gzip.compress(b"zipped" * 100), Content_Encoding="gzip")
        else:
            self.reply(
                json.dumps(
                    {
                        "path": self.path,
                        "agent": self.headers.get("X-A"),
                        "cookie": self.headers.get("Cookie"),
                    }
                ).encode(),
                Content_Type="application/json",
                Set_Cookie="a=1",
            )

    def do_POST(self):
        self.reply(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, *a):
        pass


srv = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
cx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
cx.load_cert_chain("c.pem", "k.pem")
srv.socket = cx.wrap_socket(srv.socket, server_side=True)
threading.Thread(target=srv.serve_forever, daemon=True).start()
u = f"https://localhost:{srv.server_port}"
s = requests.Session()
s.verify = "c.pem"
s.trust_env = False
print(s.get(u + "/a?b=1", headers={"X-A": "hi"}, params={"c": "é ü"}).json())
r = s.get(u + "/r")
print(r.status_code, r.history, r.json())
print(
    s.get(u + "/gz").text[:12],
    s.post(u, data={"a": "1", "b": [2, 3]}).text,
    s.post(u, json={"x": 1}).text,
    len(s.post(u, files={"f": ("n.txt", b"data")}).content) > 50,
)
try:
    requests.get(u, timeout=3)
except requests.exceptions.SSLError as e:
    print(type(e).__name__, "CERTIFICATE_VERIFY_FAILED" in str(e))
try:
    requests.get("http://127.0.0.1:1/", timeout=3)
except requests.exceptions.ConnectionError as e:
    print("refused", "Connection refused" in str(e))
