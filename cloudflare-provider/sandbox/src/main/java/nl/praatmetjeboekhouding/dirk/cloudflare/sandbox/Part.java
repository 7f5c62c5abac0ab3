package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.util.Optional;

/**
 * A part of a multipart body.
 *
 * @param contentType without parameters, lower case
 */
record Part(String name, Optional<String> fileName, Optional<String> contentType, Bytes content) {}
