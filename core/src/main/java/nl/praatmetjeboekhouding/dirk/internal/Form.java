package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;

/** How values of one kind look in the journal. What was ever written stays readable. */
interface Form<T> {

  JsonNode write(T value);

  T read(JsonNode node);
}
