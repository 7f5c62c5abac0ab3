package nl.praatmetjeboekhouding.dirk.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/** One part of a form with several ({@code multipart/form-data}, RFC 7578). Never changes. */
public final class Part {

  private final String name;
  private final Optional<String> fileName;
  private final RequestBody body;

  private Part(String name, Optional<String> fileName, RequestBody body) {
    this.name = requireNonNull(name, "name");
    this.fileName = requireNonNull(fileName, "fileName");
    this.body = body;
  }

  /**
   * A part.
   *
   * @param name the field's name
   * @param fileName the file's name, or empty if it is not a file
   * @param contentType the media type, or empty to send none
   * @param content the bytes; copied
   * @throws IllegalArgumentException if {@code contentType} is no media type
   */
  public static Part of(
      String name, Optional<String> fileName, Optional<String> contentType, byte[] content) {
    return new Part(
        name,
        fileName,
        RequestBody.create(content.clone(), contentType.map(MediaType::get).orElse(null)));
  }

  MultipartBody.Part encoded() {
    return MultipartBody.Part.createFormData(name, fileName.orElse(null), body);
  }
}
