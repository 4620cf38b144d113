package io.simtally.reliability;

import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A certificate for this machine and clients that trust it. */
public final class TestTls {
  private static final HeldCertificate CERTIFICATE =
      new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
  private static final HandshakeCertificates SERVER =
      new HandshakeCertificates.Builder().heldCertificate(CERTIFICATE).build();
  private static final HandshakeCertificates CLIENT =
      new HandshakeCertificates.Builder().addTrustedCertificate(CERTIFICATE.certificate()).build();

  private TestTls() {}

  /** Returns the factory of the server's sockets. */
  public static SSLSocketFactory server() {
    return SERVER.sslSocketFactory();
  }

  /** A client that trusts the server's certificate. */
  public static OkHttpClient.Builder trusting(OkHttpClient.Builder http) {
    return http.sslSocketFactory(CLIENT.sslSocketFactory(), CLIENT.trustManager());
  }

  /** Closes the user's own client. */
  public static void close(OkHttpClient http) {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
