"""An archive of mail: messages built with attachments and odd headers, written, parsed again, threaded, and
summed up as CSV with mixed types.
"""
import csv
import datetime
import hashlib
import io
import sys
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses, parsedate_to_datetime

NAMES = ["Ada", "Björn", "Chloé", "Dmitri, Jr.", 'Eve "E" X']
SUBJECTS = ["Meeting", "Größe und Maß", "Re: budget", "日本語の件名",
            "A subject that is long enough to be folded over lines " * 2]
FIRST = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


def message(i):
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = f"someone{i % 17}@example.org"
    mail["To"] = ", ".join(f"person{(i + k) % 23}@example.com" for k in range(i % 4 + 1))
    mail["Subject"] = SUBJECTS[i % len(SUBJECTS)]
    mail["Date"] = format_datetime(FIRST + datetime.timedelta(hours=i))
    mail["Message-ID"] = f"<{i}@example.org>"
    if i % 3:
        mail["In-Reply-To"] = f"<{i // 3}@example.org>"
    more = "More text follows here.\n" * (i % 5)
    mail.set_content(f"Hello {NAMES[i % 5]},\n\nnumber {i} is {i * i} — really.\n{more}")
    if i % 4 == 0:
        mail.add_alternative(f"<p>number <b>{i}</b></p>", subtype="html")
    if i % 5 == 0:
        raw = bytes(range(i % 200)) * 3
        mail.add_attachment(raw, maintype="application", subtype="octet-stream", filename=f"data {i}.bin")
    return mail


def legacy(i):
    """As older programs write it: encoded words, folded lines, a quoted-printable body."""
    name = make_header([(NAMES[i % 5], "utf-8")]).encode()
    return (f"From: {name} <old{i}@example.net>\r\nTo: a@b.example,\r\n\t\"C, D\" <c@d.example>\r\n"
            f"Subject: =?iso-8859-1?q?caf=E9?= {i}\r\nDate: Mon, 02 Feb 2026 10:{i % 60:02d}:00 +0100\r\n"
            f"Message-ID: <old{i}@example.net>\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            f"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nna=EFve =\r\nline {i}\r\n").encode()


def summary(data):
    modern = b"old" not in data[:60]
    mail = message_from_bytes(data, policy=policy.default if modern else policy.compat32)
    subject = str(make_header(decode_header(mail["Subject"])))
    people = [address for _, address in getaddresses(mail.get_all("To"))]
    kinds, size = [], 0
    for part in mail.walk():
        kinds.append(part.get_content_type())
        if not part.is_multipart():
            size += len(part.get_payload(decode=True))
    when = parsedate_to_datetime(mail["Date"])
    return {"id": mail["Message-ID"], "parent": mail["In-Reply-To"], "subject": subject, "size": size,
            "people": len(people), "kinds": "+".join(kinds), "day": when.date(), "mean": size / len(people)}


def threads(rows):
    parents = {row["id"]: row["parent"] for row in rows}
    depths = {}
    for start in parents:
        depth, at = 0, start
        while parents.get(at):
            depth, at = depth + 1, parents[at]
        depths[depth] = depths.get(depth, 0) + 1
    return depths


def main(n):
    rows = [summary(message(i).as_bytes()) for i in range(1, n)] + [summary(legacy(i)) for i in range(n)]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), quoting=csv.QUOTE_NONNUMERIC, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    back = list(csv.DictReader(io.StringIO(out.getvalue()), delimiter=";", quoting=csv.QUOTE_NONNUMERIC))
    assert sum(row["size"] for row in back) == sum(row["size"] for row in rows)
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
        csv.writer(out, "excel-tab", quoting=quoting).writerows(row.values() for row in rows)
    guess = csv.Sniffer().sniff(out.getvalue()[:2000])
    print("messages", len(rows), "threads", sorted(threads(rows).items()), "delimiter", guess.delimiter)
    print(back[1]["subject"], back[-1]["subject"], hashlib.sha1(out.getvalue().encode()).hexdigest()[:16])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
