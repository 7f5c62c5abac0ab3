package nl.praatmetjeboekhouding.dirk.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from acting on the {@code Retry-After} of a 503 by itself. It sends again at once on
 * a zero, writes included, even when its retries and redirects are off, and breaks on a number that
 * no int holds. Belongs on the network side.
 */
final class SentOnce implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return response.code() == 503 && response.header("Retry-After", "").matches("0+|\\d{10,}")
        ? response.newBuilder().removeHeader("Retry-After").build()
        : response;
  }
}
