package dev.runbook.etcd.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Certificates made by OpenSSL for one test. */
public record TestPki(Path folder) {
    public static TestPki create(Path folder) throws IOException, InterruptedException {
        TestPki pki = new TestPki(folder);
        pki.authority("ca");
        pki.authority("other-ca");
        pki.certificate("server", "subjectAltName=IP:127.0.0.1,DNS:etcd.test\nextendedKeyUsage=serverAuth,clientAuth");
        pki.certificate("client", "extendedKeyUsage=clientAuth");
        pki.certificate("server-only", "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth");
        return pki;
    }

    private void authority(String name) throws IOException, InterruptedException {
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=" + name + " -keyout " + name + ".key -out " + name
                + ".crt");
    }

    private void certificate(String name, String extensions) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(name + ".ext"), extensions);
        openssl("req -new -newkey rsa:2048 -nodes -subj /CN=" + name + " -keyout " + name + ".key -out " + name
                + ".csr");
        openssl("x509 -req -in " + name + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile " + name
                + ".ext -out " + name + ".crt");
    }

    void openssl(String arguments) throws IOException, InterruptedException {
        LocalPrograms.run(folder, ("openssl " + arguments).split(" ", -1));
    }

    byte[] pem(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    public String path(String file) {
        return folder.resolve(file).toString();
    }
}
