package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes an answer of which a test says only what matters to it one that Cloudflare documents: what
 * it must hold besides is added.
 */
final class Documented {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String DAY = "2026-01-01T00:00:00Z";

  private static final String PAGES_CONFIG =
      "{'env_vars':{},'fail_open':true,'always_use_latest_compatibility_date':false,"
          + "'compatibility_date':'2026-01-01','compatibility_flags':[],"
          + "'build_image_major_version':3,'usage_model':'standard'}";

  private static final String PAGES_DEPLOYMENT =
      "{'id':'d0','url':'https://x.example','aliases':null,'created_on':'DAY','modified_on':'DAY',"
          + "'project_id':'p0','project_name':'x','short_id':'d0','environment':'production',"
          + "'env_vars':null,'is_skipped':false,'stages':[],"
          + "'build_config':{'web_analytics_tag':null,'web_analytics_token':null},"
          + "'deployment_trigger':{'type':'ad_hoc','metadata':{'branch':'main','commit_hash':'',"
          + "'commit_message':'','commit_dirty':false}},"
          + "'latest_stage':{'name':'deploy','started_on':'DAY','ended_on':'DAY',"
          + "'status':'success'},'source':{'type':'github','config':{"
          + "'deployments_enabled':true,'owner':'x','owner_id':'1','path_excludes':[],"
          + "'path_includes':[],'pr_comments_enabled':false,'preview_branch_excludes':[],"
          + "'preview_branch_includes':[],'preview_deployment_setting':'all',"
          + "'production_branch':'main','production_deployments_enabled':true,'repo_id':'1',"
          + "'repo_name':'x'}}}";

  private static final String PAGES_PROJECT =
      "{'id':'p0','name':'x','created_on':'DAY','production_branch':'main',"
          + "'production_script_name':'x','preview_script_name':'x','uses_functions':false,"
          + "'framework':'','framework_version':'','deployment_configs':{'preview':"
          + PAGES_CONFIG
          + ",'production':"
          + PAGES_CONFIG
          + "},'latest_deployment':"
          + PAGES_DEPLOYMENT
          + ",'canonical_deployment':"
          + PAGES_DEPLOYMENT
          + "}";

  /** By what a line of a request matches, what each object of its result holds. */
  private static final Map<String, String> RESULTS = new LinkedHashMap<>();

  static {
    RESULTS.put(
        "(GET|PUT) .*/workers/domains.*",
        "{'id':'d0','hostname':'x.example','service':'x','zone_id':'z0','zone_name':'x.example',"
            + "'cert_id':'c0'}");
    RESULTS.put(
        "GET [^/]+/deployments",
        "{'deployments':[{'id':'e0','created_on':'DAY','source':'api','strategy':'percentage',"
            + "'versions':[]}]}");
    RESULTS.put("(GET|POST) [^/]+/subdomain", "{'enabled':true,'previews_enabled':false}");
    RESULTS.put("GET [^/]+/versions/.*", "{'resources':{'bindings':[],'script':{}}}");
    RESULTS.put("POST [^/]+/versions.*", "{'resources':{'bindings':[],'script':{}}}");
    RESULTS.put("PUT [^/]+\\?.*", "{'startup_time_ms':1}");
    RESULTS.put(
        "POST [^/]+/deployments.*",
        "{'created_on':'DAY','source':'api','strategy':'percentage','versions':[]}");
    RESULTS.put("PUT [^/]+/schedules", "{'schedules':[]}");
    RESULTS.put("PUT [^/]+/secrets", "{'name':'x','type':'secret_text'}");
    RESULTS.put("PUT [^/?]+", "{'startup_time_ms':1}");
    RESULTS.put("(GET|PATCH) .*/workers/workers/.*", "{'created_on':'DAY','number':1,'urls':[]}");
    RESULTS.put(
        "(GET|PUT) .*/workflows/.*",
        "{'id':'w0','name':'x','class_name':'X','script_name':'x','created_on':'DAY',"
            + "'modified_on':'DAY','triggered_on':'DAY','version_id':'v0','is_deleted':0,"
            + "'terminator_running':0,'instances':{}}");
    RESULTS.put(
        "GET /zones\\?.*",
        "{'id':'z0','name':'x.example','account':{},'activated_on':'DAY','created_on':'DAY',"
            + "'modified_on':'DAY','development_mode':0,'meta':{},'name_servers':[],"
            + "'original_dnshost':null,'original_name_servers':null,'original_registrar':null,"
            + "'owner':{},'plan':{}}");
    RESULTS.put("(GET|POST) /zones/.*/workers/routes", "{'id':'r0','pattern':'x.example/*'}");
    RESULTS.put("POST .*/storage/kv/namespaces", "{'id':'k0','title':'x'}");
    RESULTS.put("GET [^/]+/secrets", "{'name':'x','type':'secret_text'}");
    RESULTS.put("GET /accounts\\?.*", "{'name':'x','type':'standard'}");
    RESULTS.put("GET /memberships\\?.*", "{'account':{'name':'x','type':'standard'}}");
    RESULTS.put("GET /user(/tokens/verify)?", "{'id':'u0'}");
    RESULTS.put(
        "GET .*/pages/projects/[^/]+/deployments/[^/]+/history/logs",
        "{'total':1,'includes_container_logs':false,'data':[{'ts':'DAY','line':''}]}");
    RESULTS.put("(GET|POST) .*/pages/projects/[^/]+/deployments.*", PAGES_DEPLOYMENT);
    RESULTS.put("(GET|POST|PATCH) .*/pages/projects([/?][^/]*)?", PAGES_PROJECT);
  }

  private Documented() {}

  /** The envelope around a result. */
  static String envelope(String line, String result) {
    return "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":"
        + result(line, result)
        + "}";
  }

  private static String result(String line, String result) {
    return RESULTS.entrySet().stream()
        .filter(entry -> line.matches(entry.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .flatMap(text -> read(text.replace('\'', '"').replace("DAY", DAY)))
        .flatMap(form -> read(result).map(given -> completed(given, form).toString()))
        .orElse(result);
  }

  private static JsonNode completed(JsonNode given, JsonNode form) {
    if (given instanceof ArrayNode all) {
      JsonNode each = form instanceof ArrayNode forms ? forms.path(0) : form;
      for (int at = 0; at < all.size(); at++) {
        JsonNode unused = all.set(at, completed(all.get(at), each));
      }
    } else if (given instanceof ObjectNode object && form instanceof ObjectNode) {
      form.properties().forEach(member -> complete(object, member));
    }
    return given;
  }

  private static void complete(ObjectNode object, Map.Entry<String, JsonNode> member) {
    if (object.has(member.getKey())) {
      JsonNode unused = completed(object.path(member.getKey()), member.getValue());
    } else if (!member.getValue().isArray() || member.getValue().isEmpty()) {
      object.set(member.getKey(), member.getValue());
    }
  }

  private static Optional<JsonNode> read(String text) {
    try {
      return Optional.of(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
