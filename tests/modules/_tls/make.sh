#!/bin/sh
# Makes the certificates of these tests anew: an authority, a server (localhost), a client; keys that protect nothing.
set -e
cd "$(dirname "$0")"
key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }
key ca.key
openssl req -x509 -new -key ca.key -sha256 -days 36500 -subj "/C=XY/O=Krait tests/CN=authority" -out ca.pem \
    -addext "keyUsage=critical,keyCertSign,cRLSign"
issue() { # name, subject, extensions
    key "$1.key"
    openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
    printf '%s\n' "$3" > "$1.ext"
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -set_serial "0x$4" -days 36500 -sha256 -extfile "$1.ext" -out "$1.crt"
    cat "$1.key" "$1.crt" > "$1.pem"
}
issue server "/C=XY/L=Nest/O=Krait tests/CN=localhost" "subjectAltName=DNS:localhost,DNS:*.krait.test,IP:127.0.0.1,IP:::1,email:a@krait.test,URI:https://krait.test/,dirName:d,RID:1.2.3.4,otherName:1.2.3.4;UTF8:x
authorityInfoAccess=OCSP;URI:http://krait.test/ocsp,caIssuers;URI:http://krait.test/ca
crlDistributionPoints=URI:http://krait.test/crl
[d]
C=XY
CN=directory" 5A4E
issue other "/CN=other.krait.test" "subjectAltName=DNS:other.krait.test" 10
issue client "/CN=client" "extendedKeyUsage=clientAuth" 11
openssl pkey -in server.key -aes256 -passout pass:secret -out locked.key
cat locked.key server.crt > locked.pem
rm -f ./*.key ./*.csr ./*.ext ./*.crt
