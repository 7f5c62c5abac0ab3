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
import java.util.stream.Stream;
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
    ObjectNode settings =
        wantedSettings(
            plan, workers.scriptSettings(worker, remaining.call()).orElse(NODES.missingNode()));
    return Stream.of(
            setting(SCRIPT_SETTINGS, settings),
            setting(SUBDOMAIN, plan.live(SUBDOMAIN)),
            setting(ROUTES, plan.live(ROUTES)),
            setting(SCHEDULES, plan.live(SCHEDULES)))
        .filter(wanted -> value(wanted).isContainerNode())
        .filter(wanted -> !isSet(worker, wanted, remaining))
        .toList();
  }

  /** Whether it is as wanted, whatever else Cloudflare tells of it. */
  boolean isSet(String worker, LiveSetting wanted, CallContext call) {
    return isSet(worker, wanted, new Remaining(call, workers.time()));
  }

  private boolean isSet(String worker, LiveSetting wanted, Remaining remaining) {
    JsonNode value = value(wanted);
    return switch (wanted.name()) {
      case SCRIPT_SETTINGS ->
          Covers.all(
              workers.scriptSettings(worker, remaining.call()).orElse(NODES.missingNode()), value);
      case SUBDOMAIN ->
          Covers.all(
              workers.subdomain(worker, remaining.call()).orElse(NODES.missingNode()), value);
      case ROUTES ->
          new WorkerRoutes(workers, remaining::call)
              .now(worker, value)
              .filter(now -> WorkerRoutes.same(now, value))
              .isPresent();
      case SCHEDULES ->
          crons(workers.schedules(worker, remaining.call()).orElse(NODES.arrayNode()))
              .equals(crons(value));
      default -> throw notOurs(wanted);
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
      throw notOurs(setting);
    }
  }

  private static ProviderException notOurs(LiveSetting setting) {
    return ProviderException.of(
        FailureKind.NOT_SENT,
        "Cloudflare was not asked: a Worker has no setting "
            + setting.name()
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
    return new LiveSetting(name, value.toString(), name + " " + value);
  }

  private static JsonNode value(LiveSetting setting) {
    try {
      return MAPPER.readTree(setting.value());
    } catch (JsonProcessingException e) {
      return NODES.missingNode();
    }
  }
}
