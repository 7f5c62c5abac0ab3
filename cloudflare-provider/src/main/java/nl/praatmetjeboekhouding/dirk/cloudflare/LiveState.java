package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;

/** The settings of a Worker that are no part of a version. */
final class LiveState {

  static final String SCRIPT_SETTINGS = "script-settings";
  static final String SUBDOMAIN = "subdomain";
  static final String ROUTES = "routes";
  static final String SCHEDULES = "schedules";
  static final String DOMAINS = "domains";
  static final String CONSUMERS = "consumers";
  static final String WORKFLOWS = "workflows";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Workers workers;

  LiveState(Workers workers) {
    this.workers = workers;
  }

  /**
   * As it is now, empty if there is no Worker. Routes are among it if they can be read.
   *
   * @param configured the project's routes as they are sent, or anything but a list if it has none
   */
  List<LiveSetting> snapshot(String worker, JsonNode configured, CallContext call) {
    Remaining remaining = new Remaining(call, workers.time());
    Optional<JsonNode> settings = workers.scriptSettings(worker, remaining.call());
    if (settings.isEmpty()) {
      return List.of();
    }
    List<LiveSetting> found = new ArrayList<>();
    found.add(setting(SCRIPT_SETTINGS, managed(settings.get())));
    workers
        .subdomain(worker, remaining.call())
        .ifPresent(now -> found.add(setting(SUBDOMAIN, now)));
    new WorkerRoutes(workers, remaining::call)
        .now(worker, configured)
        .ifPresent(now -> found.add(setting(ROUTES, now)));
    workers
        .schedules(worker, remaining.call())
        .ifPresent(now -> found.add(setting(SCHEDULES, crons(now))));
    return found;
  }

  /** What differs from the plan, and routes that cannot be read; each as it is sent. */
  List<LiveSetting> changes(Plan plan, CallContext call) {
    Remaining remaining = new Remaining(call, workers.time());
    String worker = plan.worker();
    Optional<JsonNode> settings = workers.scriptSettings(worker, remaining.call());
    ObjectNode wanted = wantedSettings(plan, settings.orElse(NODES.missingNode()));
    List<LiveSetting> changes = new ArrayList<>();
    if (!isSo(SCRIPT_SETTINGS, wanted, settings)) {
      changes.add(change(SCRIPT_SETTINGS, wanted, settings));
    }
    for (String name : List.of(SUBDOMAIN, ROUTES, SCHEDULES)) {
      JsonNode value = plan.live(name);
      if (value.isContainerNode()) {
        Optional<JsonNode> now = now(worker, name, value, remaining);
        if (!isSo(name, value, now)) {
          changes.add(change(name, value, now));
        }
      }
    }
    return List.copyOf(changes);
  }

  private static LiveSetting change(String name, JsonNode value, Optional<JsonNode> now) {
    JsonNode before = now.orElse(NODES.missingNode());
    return new LiveSetting(name, value.toString(), SettingWords.change(name, value, before));
  }

  /** Whether it is as wanted, whatever else Cloudflare tells of it. */
  boolean isSet(String worker, LiveSetting wanted, CallContext call) {
    JsonNode value = value(wanted);
    Optional<JsonNode> now = now(worker, wanted.name(), value, new Remaining(call, workers.time()));
    return isSo(wanted.name(), value, now);
  }

  /** As Cloudflare tells it; empty if it is not to be read, or there is no Worker. */
  private Optional<JsonNode> now(String worker, String name, JsonNode wanted, Remaining remaining) {
    return switch (name) {
      case SCRIPT_SETTINGS -> workers.scriptSettings(worker, remaining.call());
      case SUBDOMAIN -> workers.subdomain(worker, remaining.call());
      case ROUTES ->
          new WorkerRoutes(workers, remaining::call).now(worker, wanted).map(routes -> routes);
      case SCHEDULES ->
          Optional.of(
              workers
                  .schedules(worker, remaining.call())
                  .map(LiveState::crons)
                  .orElseGet(NODES::arrayNode));
      default -> throw notOurs(name);
    };
  }

  private static boolean isSo(String name, JsonNode wanted, Optional<JsonNode> now) {
    return switch (name) {
      case ROUTES -> now.filter(routes -> WorkerRoutes.same(routes, wanted)).isPresent();
      case SCHEDULES -> now.filter(crons(wanted)::equals).isPresent();
      default -> Covers.all(now.orElse(NODES.missingNode()), wanted);
    };
  }

  /** Sets one. */
  void set(String worker, LiveSetting setting, CallContext call) {
    JsonNode value = value(setting);
    if (setting.name().equals(SCRIPT_SETTINGS) && value instanceof ObjectNode settings) {
      workers.changeScriptSettings(worker, settings, call);
    } else if (setting.name().equals(SUBDOMAIN) && value instanceof ObjectNode subdomain) {
      workers.setSubdomain(worker, subdomain, call);
    } else if (setting.name().equals(ROUTES) && value instanceof ArrayNode routes) {
      setRoutes(worker, routes, call);
    } else if (setting.name().equals(SCHEDULES) && value instanceof ArrayNode crons) {
      workers.setSchedules(worker, crons, call);
    } else {
      throw notOurs(setting.name());
    }
  }

  private static ProviderException notOurs(String name) {
    return ProviderException.of(
        FailureKind.NOT_SENT,
        "Cloudflare was not asked: a Worker has no setting "
            + name
            + " of this form; use what changes or snapshot gave");
  }

  private void setRoutes(String worker, ArrayNode routes, CallContext call) {
    new WorkerRoutes(workers, new Remaining(call, workers.time())::call).replace(worker, routes);
  }

  /** Observability and logpush of the plan, with its tags in place of earlier ones. */
  static ObjectNode wantedSettings(Plan plan, JsonNode now) {
    ObjectNode wanted = plan.live(SCRIPT_SETTINGS).deepCopy();
    ArrayNode tags = wanted.putArray("tags");
    StreamSupport.stream(now.path("tags").spliterator(), false)
        .map(JsonNode::asText)
        .filter(tag -> !isEnvironmentTag(tag))
        .forEach(tags::add);
    plan.tags().forEach(tags::add);
    return wanted;
  }

  private static boolean isEnvironmentTag(String tag) {
    return tag.startsWith("cf:service=") || tag.startsWith("cf:environment=");
  }

  private static ObjectNode managed(JsonNode settings) {
    ObjectNode managed = NODES.objectNode();
    managed.put("logpush", settings.path("logpush").asBoolean(false));
    JsonNode observability = settings.path("observability");
    managed.set(
        "observability",
        observability.isObject() ? observability : NODES.objectNode().put("enabled", false));
    JsonNode tags = settings.path("tags");
    managed.set("tags", tags.isArray() ? tags : NODES.arrayNode());
    JsonNode tails = settings.path("tail_consumers");
    managed.set("tail_consumers", tails.isArray() ? tails : NODES.arrayNode());
    return managed;
  }

  private static ArrayNode crons(JsonNode schedules) {
    ArrayNode crons = NODES.arrayNode();
    StreamSupport.stream(schedules.spliterator(), false)
        .map(schedule -> schedule.path("cron").asText())
        .sorted()
        .forEach(cron -> crons.addObject().put("cron", cron));
    return crons;
  }

  private static LiveSetting setting(String name, JsonNode value) {
    return new LiveSetting(name, value.toString(), SettingWords.of(name, value));
  }

  private static JsonNode value(LiveSetting setting) {
    try {
      return MAPPER.readTree(setting.value());
    } catch (JsonProcessingException e) {
      return NODES.missingNode();
    }
  }
}
