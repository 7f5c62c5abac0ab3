package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * Custom domains, queue consumers and workflows as they are now, and how each is made what it is to
 * be, or was. Used by one thread.
 */
final class AttachedState {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> OF_DOMAIN =
      List.of("hostname", "zone_id", "zone_name", "enabled", "previews_enabled", "service");
  private static final List<String> OF_WORKFLOW =
      List.of(
          "script_name",
          "class_name",
          "limits",
          "concurrency",
          "schedules",
          "default_retention",
          "jurisdiction");

  private final Workers workers;
  private final Supplier<CallContext> calls;

  AttachedState(Workers workers, Supplier<CallContext> calls) {
    this.workers = workers;
    this.calls = calls;
  }

  /**
   * As it is now, in the form in which it is set.
   *
   * @param wanted as it is to be, which says what is looked at
   */
  ArrayNode now(String worker, String name, JsonNode wanted) {
    return switch (name) {
      case LiveState.DOMAINS -> domains(worker, wanted);
      case LiveState.CONSUMERS -> new QueueConsumers(workers, calls).now(worker, wanted);
      default -> workflows(wanted);
    };
  }

  /** All of the Worker's, and those that are wanted and belong to others, with their owner. */
  private ArrayNode domains(String worker, JsonNode wanted) {
    ArrayNode now = NODES.arrayNode();
    Set<String> hosts = new LinkedHashSet<>();
    for (JsonNode domain : workers.domains().of(worker, calls.get())) {
      hosts.add(domain.path("hostname").asText());
      now.add(only(domain, OF_DOMAIN));
    }
    for (JsonNode domain : wanted) {
      String host = domain.path("hostname").asText();
      if (hosts.add(host)) {
        workers
            .domains()
            .named(host, calls.get())
            .ifPresent(other -> now.add(only(other, OF_DOMAIN)));
      }
    }
    return now;
  }

  private ArrayNode workflows(JsonNode wanted) {
    ArrayNode now = NODES.arrayNode();
    for (JsonNode workflow : wanted) {
      String name = workflow.path("name").asText();
      workers
          .workflows()
          .named(name, calls.get())
          .ifPresent(
              there -> now.addObject().put("name", name).set("workflow", only(there, OF_WORKFLOW)));
    }
    return now;
  }

  private static ObjectNode only(JsonNode all, List<String> members) {
    ObjectNode some = NODES.objectNode();
    members.stream().filter(all::hasNonNull).forEach(name -> some.set(name, all.path(name)));
    return some;
  }

  /** Whether it is as wanted, whatever else Cloudflare tells of it. */
  static boolean isSo(String worker, String name, JsonNode wanted, JsonNode now) {
    String key = key(name);
    Map<String, JsonNode> there = new HashMap<>();
    now.forEach(entry -> there.put(entry.path(key).asText(), entry));
    for (JsonNode entry : wanted) {
      JsonNode found = there.remove(entry.path(key).asText());
      if (found == null || !isEntry(worker, name, entry, found)) {
        return false;
      }
    }
    return !name.equals(LiveState.DOMAINS)
        || there.values().stream().noneMatch(other -> isOf(worker, other));
  }

  private static boolean isEntry(String worker, String name, JsonNode wanted, JsonNode now) {
    return switch (name) {
      case LiveState.DOMAINS ->
          wanted.path("service").asText(worker).equals(now.path("service").asText())
              && sameSwitch(wanted, now, "enabled")
              && sameSwitch(wanted, now, "previews_enabled");
      case LiveState.CONSUMERS ->
          wanted.has("consumer") == now.has("consumer")
              && wanted
                  .path("consumer")
                  .path("dead_letter_queue")
                  .equals(now.path("consumer").path("dead_letter_queue"))
              && Covers.all(now, wanted);
      default -> Covers.all(now, wanted);
    };
  }

  private static boolean sameSwitch(JsonNode wanted, JsonNode now, String name) {
    return !wanted.has(name) || wanted.path(name).equals(now.path(name));
  }

  private static boolean isOf(String worker, JsonNode domain) {
    return domain.path("service").asText(worker).equals(worker);
  }

  private static String key(String name) {
    return switch (name) {
      case LiveState.DOMAINS -> "hostname";
      case LiveState.CONSUMERS -> "queue";
      default -> "name";
    };
  }

  /**
   * Makes it so.
   *
   * @param taking whether domains are taken from others
   */
  void set(String worker, String name, ArrayNode value, boolean taking) {
    switch (name) {
      case LiveState.DOMAINS -> setDomains(worker, value, taking);
      case LiveState.CONSUMERS -> {
        QueueConsumers consumers = new QueueConsumers(workers, calls);
        value.forEach(entry -> consumers.set(worker, entry));
      }
      default -> {
        for (JsonNode entry : value) {
          if (entry.path("workflow") instanceof ObjectNode workflow) {
            workers.workflows().set(entry.path("name").asText(), workflow, calls.get());
          }
        }
      }
    }
  }

  private void setDomains(String worker, ArrayNode value, boolean taking) {
    WorkerDomains domains = workers.domains();
    ArrayNode own = NODES.arrayNode();
    Set<String> kept = new LinkedHashSet<>();
    for (JsonNode domain : value) {
      if (isOf(worker, domain)) {
        own.add(only(domain, OF_DOMAIN.subList(0, OF_DOMAIN.size() - 1)));
        kept.add(domain.path("hostname").asText());
      }
    }
    for (JsonNode there : domains.of(worker, calls.get())) {
      if (!kept.contains(there.path("hostname").asText())) {
        domains.remove(CloudflareApi.id(there, "id"), calls.get());
      }
    }
    for (JsonNode domain : value) {
      if (!isOf(worker, domain)) {
        domains.attach(
            only(domain, List.of("hostname", "service", "zone_id", "zone_name")), calls.get());
      }
    }
    if (!own.isEmpty()) {
      domains.set(worker, own, taking, calls.get());
    }
  }

  /** For people. */
  static String words(String name, JsonNode value) {
    String listed =
        StreamSupport.stream(value.spliterator(), false)
            .filter(entry -> !name.equals(LiveState.CONSUMERS) || entry.has("consumer"))
            .map(entry -> entry.path(key(name)).asText() + details(entry))
            .collect(Collectors.joining(", "));
    return (switch (name) {
          case LiveState.DOMAINS -> "custom domains ";
          case LiveState.CONSUMERS -> "consumer of the queues ";
          default -> "workflows ";
        })
        + (listed.isEmpty() ? "none" : listed);
  }

  private static String details(JsonNode entry) {
    JsonNode settings = entry.path("consumer").path("settings");
    String service = entry.path("service").asText("");
    String details =
        settings.properties().stream()
            .map(setting -> setting.getKey() + " " + setting.getValue().asText())
            .collect(Collectors.joining(", "));
    if (!details.isEmpty()) {
      return " (" + details + ")";
    }
    return service.isEmpty() ? "" : " of " + service;
  }

  /** As it is to be, with what is there now. */
  static String change(String name, JsonNode wanted, Optional<JsonNode> now) {
    return words(name, wanted)
        + now.map(before -> " instead of " + words(name, before).replaceFirst("^.* (?=none$)", ""))
            .orElse("");
  }
}
