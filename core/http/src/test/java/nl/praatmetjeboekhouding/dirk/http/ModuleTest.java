package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleTest {

  @Test
  void theProbeIsRegisteredInTheModuleAsOnTheClassPath() throws Exception {
    ModuleReference module = module();

    ModuleDescriptor.Provides provided =
        module.descriptor().provides().stream().findFirst().orElseThrow();

    assertThat(module.descriptor().provides()).hasSize(1);
    assertThat(provided.providers()).isEqualTo(registered(module, provided.service()));
    assertThat(provided.providers()).containsExactly(HttpProbeProvider.class.getName());
  }

  @Test
  void showsOnePackageAndNothingOfOkHttp() throws Exception {
    ModuleDescriptor descriptor = module().descriptor();

    assertThat(descriptor.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactly("nl.praatmetjeboekhouding.dirk.http");
    assertThat(descriptor.requires())
        .filteredOn(required -> required.modifiers().contains(Modifier.TRANSITIVE))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder(
            "nl.praatmetjeboekhouding.dirk", "com.fasterxml.jackson.databind");
  }

  private static List<String> registered(ModuleReference module, String service) throws Exception {
    try (ModuleReader reader = module.open();
        InputStream in = reader.open("META-INF/services/" + service).orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static ModuleReference module() throws Exception {
    Path classes =
        Path.of(HttpProbe.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return ModuleFinder.of(classes).findAll().stream().findFirst().orElseThrow();
  }
}
