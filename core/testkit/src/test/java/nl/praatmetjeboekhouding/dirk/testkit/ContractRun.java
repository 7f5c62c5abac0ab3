package nl.praatmetjeboekhouding.dirk.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract over something with a flaw, and hears which rules fail. */
final class ContractRun {

  private static final String FLAW = "flaw";
  private static final Pattern RULE = Pattern.compile("([A-Z]\\d+): .*");

  private ContractRun() {}

  /** Hands the flaw of this run to the constructor of the contract. */
  static final class FlawParameter implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType().isEnum();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      String name = context.getConfigurationParameter(FLAW).orElseThrow();
      return Arrays.stream(parameter.getParameter().getType().getEnumConstants())
          .filter(flaw -> ((Enum<?>) flaw).name().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The rules that failed, such as {@code D2}, each with what was said. */
  static SortedMap<String, String> failures(Class<?> contract, Enum<?> flaw) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(contract))
            .configurationParameters(Map.of(FLAW, flaw.name()))
            .build();
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build());
    Failures failures = new Failures();
    launcher.execute(request, failures);
    return failures.told;
  }

  /** The numbers of all rules of a contract. */
  static Set<String> rules(Class<?> contract) {
    return sentences(contract)
        .map(RULE::matcher)
        .filter(Matcher::matches)
        .map(rule -> rule.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The rules of a contract as they are displayed. */
  static Stream<String> sentences(Class<?> contract) {
    return Arrays.stream(contract.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(DisplayName.class))
        .map(method -> method.getAnnotation(DisplayName.class).value());
  }

  private static final class Failures implements TestExecutionListener {

    private final SortedMap<String, String> told = new TreeMap<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        Matcher rule = RULE.matcher(test.getDisplayName());
        told.put(
            rule.matches() ? rule.group(1) : test.getDisplayName(),
            String.valueOf(result.getThrowable().orElse(null)));
      }
    }
  }
}
