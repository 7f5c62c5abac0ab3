package nl.praatmetjeboekhouding.dirk.testkit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** What a deployer can do wrong, and the rules that say so. */
enum DeployerFlaw {
  PREPARES_ANOTHER_PLAN_EACH_TIME("D1") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        private int asked;

        @Override
        public Prepared prepare(PrepareRequest request, CallContext call) {
          return super.prepare(request, call).withWarnings(List.of("asked " + ++asked));
        }
      };
    }
  },
  DEPLOYS_WHEN_IT_PREPARES_AGAIN("D1") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        private Optional<Prepared> last = Optional.empty();

        @Override
        public Prepared prepare(PrepareRequest request, CallContext call) {
          Prepared prepared = super.prepare(request, call);
          Optional<Deployment> active = active(request.target(), call);
          if (active.isPresent() && last.equals(Optional.of(prepared))) {
            again(this, active.get(), call);
          }
          last = Optional.of(prepared);
          return prepared;
        }
      };
    }
  },
  UPLOAD_MOVES_TRAFFIC("D2 D3 D13 D14") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Version upload(UploadRequest request, CallContext call) {
          Version version = super.upload(request, call);
          Target target = version.target();
          if (request.artifact().release().label().equals("v2")) {
            ActivateRequest all =
                new ActivateRequest(
                    target,
                    Split.all(version.id()),
                    new ExpectedBase.Anything(),
                    request.key(),
                    "at once");
            Deployment unused = activate(all, call);
          }
          return version;
        }
      };
    }
  },
  SAYS_THAT_IT_CANNOT_SPLIT("D3") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Prepared prepare(PrepareRequest request, CallContext call) {
          Prepared prepared = super.prepare(request, call);
          return Prepared.of(
                  prepared.target(), prepared.resource(), Activation.SWITCH, prepared.files())
              .withSettings(prepared.settings());
        }
      };
    }
  },
  HAS_ONE_RESOURCE_FOR_ALL_TARGETS("D4") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public String resource(Target target) {
          return "memory:" + target.service();
        }

        @Override
        public Prepared prepare(PrepareRequest request, CallContext call) {
          Prepared prepared = super.prepare(request, call);
          return Prepared.of(
                  prepared.target(),
                  resource(prepared.target()),
                  prepared.activation(),
                  prepared.files())
              .withSettings(prepared.settings());
        }
      };
    }

    @Override
    Deployer alone(InMemoryDeployer fake) {
      return new UnreachableDeployer(fake) {
        @Override
        public String resource(Target target) {
          return "memory:" + target.service();
        }
      };
    }
  },
  PREPARES_FILES_THAT_ARE_NOT_THERE("D5") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Prepared prepare(PrepareRequest request, CallContext call) {
          Prepared prepared = super.prepare(request, call);
          ContentFile file = prepared.files().get(0);
          Digest digest = Digest.of(file.digest().hex());
          return prepared.withFiles(
              List.of(ContentFile.of(file.name(), digest, file.size(), file::open)));
        }
      };
    }
  },
  ANSWERS_AN_UPLOAD_WITHOUT_ITS_KEY("D6") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Version upload(UploadRequest request, CallContext call) {
          Version version = super.upload(request, call);
          return Version.of(version.id(), version.target());
        }
      };
    }
  },
  TELLS_ANOTHER_RELEASE("D6") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Optional<Version> version(Target target, String id, CallContext call) {
          Release other = new Release("other", Digest.of("other"));
          return super.version(target, id, call).map(version -> version.withRelease(other));
        }
      };
    }
  },
  CALLS_AN_OLDER_UPLOAD_SUPERSEDED("D7") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Sighting<Version> findUpload(FindRequest request, CallContext call) {
          return super.findUpload(request, call) instanceof Sighting.Done<Version> done
                  && !active(request.target(), call)
                      .map(active -> active.split().names(done.value().id()))
                      .orElse(true)
              ? new Sighting.Superseded<>(done.value())
              : super.findUpload(request, call);
        }
      };
    }
  },
  TAKES_ANY_ACTIVATION_FOR_OURS("D8") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
          Sighting<Deployment> found = super.findActivation(request, call);
          return active(request.target(), call)
              .filter(active -> found instanceof Sighting.Absent)
              .<Sighting<Deployment>>map(Sighting.Done::new)
              .orElse(found);
        }
      };
    }
  },
  DEPLOYS_WHAT_IT_DOES_NOT_FIND("D9") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
          Sighting<Deployment> found = super.findActivation(request, call);
          active(request.target(), call)
              .filter(active -> found instanceof Sighting.Absent)
              .ifPresent(active -> again(this, active, call));
          return found;
        }
      };
    }
  },
  ANSWERS_AN_ACTIVATION_WITHOUT_ITS_KEY("D10") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Deployment activate(ActivateRequest request, CallContext call) {
          Deployment made = super.activate(request, call);
          return Deployment.of(made.id(), made.target(), made.split());
        }
      };
    }
  },
  ROUNDS_SHARES("D11") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Deployment activate(ActivateRequest request, CallContext call) {
          List<Split.Share> rounded = new ArrayList<>();
          BigDecimal left = BigDecimal.valueOf(100);
          for (Split.Share share : request.split().shares()) {
            BigDecimal percent = share.percent().setScale(0, RoundingMode.UP).min(left);
            left = left.subtract(percent);
            rounded.add(new Split.Share(share.version(), percent));
          }
          return super.activate(with(request, new Split(rounded)), call);
        }
      };
    }
  },
  SENDS_ALL_TO_THE_FIRST_OF_A_SPLIT("D12") {
    @Override
    Shape shape() {
      return Shape.SWITCHING;
    }

    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Deployment activate(ActivateRequest request, CallContext call) {
          String first = request.split().shares().get(0).version();
          return super.activate(with(request, Split.all(first)), call);
        }
      };
    }
  },
  LISTS_THE_OLDEST_FIRST("D13 D14") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public DeploymentPage deployments(
            Target target, Optional<String> cursor, CallContext call) {
          List<Deployment> oldestFirst = new ArrayList<>();
          fake.deployments(target, Optional.empty(), call)
              .deployments()
              .forEach(deployment -> oldestFirst.add(0, deployment));
          return DeploymentPage.last(oldestFirst);
        }
      };
    }
  },
  SHOWS_THE_FIRST_PAGE_FOR_EVER("D14") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public DeploymentPage deployments(
            Target target, Optional<String> cursor, CallContext call) {
          return super.deployments(target, Optional.empty(), call);
        }
      };
    }
  },
  CALLS_A_REPLACED_ACTIVATION_DONE("D15") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
          return super.findActivation(request, call)
                  instanceof Sighting.Superseded<Deployment> superseded
              ? new Sighting.Done<>(superseded.value())
              : super.findActivation(request, call);
        }
      };
    }
  },
  SAYS_THAT_THERE_IS_NO_WAY_BACK("D16") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Prepared prepare(PrepareRequest request, CallContext call) {
          return super.prepare(request, call).irreversible();
        }
      };
    }
  },
  FORGETS_VERSIONS_THAT_SERVE_NOBODY("D6 D17") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Optional<Version> version(Target target, String id, CallContext call) {
          return super.version(target, id, call)
              .filter(
                  version ->
                      active(target, call)
                          .map(active -> active.split().names(version.id()))
                          .orElse(false));
        }
      };
    }
  },
  MAKES_PATHS_OF_IDS("D18") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Optional<Version> version(Target target, String id, CallContext call) {
          String path = URI.create("versions/").resolve(id).getPath();
          return super.version(target, path.replace("versions/", ""), call);
        }
      };
    }
  },
  TAKES_AN_UNKNOWN_VERSION_FOR_A_BREAKDOWN("D19") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Deployment activate(ActivateRequest request, CallContext call) {
          try {
            return super.activate(request, call);
          } catch (ProviderException e) {
            throw ProviderException.of(FailureKind.UNAVAILABLE, e.getMessage());
          }
        }
      };
    }
  },
  TRIPS_OVER_AN_UNKNOWN_VERSION("D19") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Deployment activate(ActivateRequest request, CallContext call) {
          for (Split.Share share : request.split().shares()) {
            Version unused = version(request.target(), share.version(), call).orElseThrow();
          }
          return super.activate(request, call);
        }
      };
    }
  },
  GOES_BACK_TO_PENDING("D20") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        private int looks;

        @Override
        public Deployment refresh(Deployment deployment, CallContext call) {
          Deployment now = super.refresh(deployment, call);
          return ++looks == 3 ? now.withProgress(Progress.pending()) : now;
        }
      };
    }
  },
  READS_READY_WHAT_IS_PENDING("D21") {
    @Override
    Shape shape() {
      return Shape.SLOW;
    }

    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Optional<Version> version(Target target, String id, CallContext call) {
          return super.version(target, id, call)
              .map(version -> version.withProgress(Progress.ready()));
        }
      };
    }
  },
  WAITS_UNTIL_THE_VENDOR_IS_DONE("D22") {
    @Override
    Shape shape() {
      return Shape.SLOW;
    }

    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Version upload(UploadRequest request, CallContext call) {
          Version version = super.upload(request, call);
          boolean unused = time.pause(Duration.ofMinutes(3), Cancellation.create());
          return refresh(version, call);
        }
      };
    }
  },
  PROMISES_MORE_ONCE_IT_WORKED("D23 D28") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Guarantees guarantees() {
          Guarantees promised = super.guarantees();
          return fake.activations(PRODUCTION) == 0
              ? promised
              : promised.settlingWithin(Duration.ofSeconds(1));
        }
      };
    }
  },
  REFUSES_A_STALE_BASE_UNPROMISED("D24") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Deployment activate(ActivateRequest request, CallContext call) {
          Optional<String> base = active(request.target(), call).map(Deployment::id);
          if (!request.expectedBase().allows(base)) {
            throw ProviderException.of(FailureKind.CONFLICT, "the base has moved");
          }
          return super.activate(request, call);
        }
      };
    }
  },
  TAKES_A_STALE_BASE_THOUGH_IT_COMPARES("D24") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new StrictDeployer(fake) {
        @Override
        public synchronized Deployment activate(ActivateRequest request, CallContext call) {
          return super.activate(
              new ActivateRequest(
                  request.target(),
                  request.split(),
                  new ExpectedBase.Anything(),
                  request.key(),
                  request.reason()),
              call);
        }
      };
    }

    @Override
    Deployer alone(InMemoryDeployer fake) {
      return new UnreachableDeployer(new StrictDeployer(fake));
    }
  },
  UPLOADS_AGAIN_THOUGH_IT_KNOWS_THE_KEY("D25") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new StrictDeployer(fake) {
        @Override
        public synchronized Version upload(UploadRequest request, CallContext call) {
          return fake.upload(request, call);
        }
      };
    }

    @Override
    Deployer alone(InMemoryDeployer fake) {
      return new UnreachableDeployer(new StrictDeployer(fake));
    }
  },
  CUTS_LONG_KEYS("D26") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Version upload(UploadRequest request, CallContext call) {
          String text = request.key().text();
          String cut = text.substring("dirk:".length(), Math.min(64, text.length()));
          String[] parts = cut.split(":", 2);
          StepKey shorter = text.length() <= 64 ? request.key() : new StepKey(parts[0], parts[1]);
          return super.upload(
              new UploadRequest(request.prepared(), request.artifact(), shorter), call);
        }
      };
    }
  },
  FINDS_KEYS_IN_ANY_CASE("D26") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
          String key = request.key().text().toLowerCase(Locale.ROOT);
          return deployments(request.target(), Optional.empty(), call).deployments().stream()
              .filter(
                  deployment ->
                      deployment
                          .key()
                          .map(text -> text.toLowerCase(Locale.ROOT))
                          .equals(Optional.of(key)))
              .reduce((newer, older) -> older)
              .<Sighting<Deployment>>map(
                  oldest ->
                      active(request.target(), call).equals(Optional.of(oldest))
                          ? new Sighting.Done<>(oldest)
                          : new Sighting.Superseded<>(oldest))
              .orElseGet(Sighting.Absent::new);
        }
      };
    }
  },
  SHOWS_ONE_TARGET_FOR_ANOTHER("D27") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Optional<Deployment> active(Target target, CallContext call) {
          return super.active(PRODUCTION, call);
        }
      };
    }
  },
  SAYS_ABSENT_WITHOUT_ITS_VENDOR("D28") {
    @Override
    Deployer alone(InMemoryDeployer fake) {
      return new UnreachableDeployer(fake) {
        @Override
        public Sighting<Version> findUpload(FindRequest request, CallContext call) {
          return new Sighting.Absent<>();
        }
      };
    }
  },
  SEES_NOTHING_ACTIVE_WITHOUT_ITS_VENDOR("D28") {
    @Override
    Deployer alone(InMemoryDeployer fake) {
      return new UnreachableDeployer(fake) {
        @Override
        public Optional<Deployment> active(Target target, CallContext call) {
          return Optional.empty();
        }
      };
    }
  },
  THROWS_WHAT_IT_LIKES_WITHOUT_ITS_VENDOR("D28") {
    @Override
    Deployer alone(InMemoryDeployer fake) {
      return new UnreachableDeployer(fake) {
        @Override
        public Prepared prepare(PrepareRequest request, CallContext call) {
          throw new IllegalStateException("connection refused");
        }
      };
    }
  },
  THROWS_WHAT_IT_LIKES_WHEN_STOPPED("D29") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Optional<Deployment> active(Target target, CallContext call) {
          if (call.cancellation().isStopped()) {
            throw new CancellationException("stopped");
          }
          return super.active(target, call);
        }
      };
    }
  },
  SWALLOWS_AN_INTERRUPT("D30") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Optional<Deployment> active(Target target, CallContext call) {
          if (Thread.interrupted()) {
            throw ProviderException.of(FailureKind.STOPPED, "interrupted");
          }
          return super.active(target, call);
        }
      };
    }
  },
  SERVES_ONE_THREAD_ONLY("D31") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        private final Thread owner = Thread.currentThread();

        @Override
        public String resource(Target target) {
          if (Thread.currentThread() != owner) {
            throw new IllegalStateException("busy");
          }
          return super.resource(target);
        }
      };
    }
  },
  CANNOT_BE_CLOSED_TWICE("D32") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        private int closed;

        @Override
        public void close() {
          if (++closed == 2) {
            throw new IllegalStateException("closed already");
          }
        }
      };
    }
  },
  HAS_SETTINGS_BEFORE_IT_IS_THERE("D33") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public List<LiveSetting> snapshot(Target target, CallContext call) {
          List<LiveSetting> now = super.snapshot(target, call);
          return now.isEmpty() ? List.of(new LiveSetting("crons", "[]", "none")) : now;
        }
      };
    }
  },
  SETS_WHAT_IT_COMPARES("D34") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        private boolean compared;

        @Override
        public List<LiveSetting> changes(Prepared prepared, CallContext call) {
          List<LiveSetting> changes = super.changes(prepared, call);
          if (compared) {
            changes.stream()
                .skip(1)
                .forEach(
                    change -> set(prepared.target(), change, new StepKey("any", "compare"), call));
          }
          compared = true;
          return changes;
        }
      };
    }
  },
  SETS_NOTHING("D35") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public void set(Target target, LiveSetting setting, StepKey key, CallContext call) {
          // this is the flaw
        }
      };
    }
  },
  SEES_NO_SETTING_SET("D35") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public boolean isSet(Target target, LiveSetting setting, CallContext call) {
          return false;
        }
      };
    }
  },
  SEES_EVERY_SETTING_SET("D35") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public boolean isSet(Target target, LiveSetting setting, CallContext call) {
          return true;
        }
      };
    }
  },
  ADDS_WHERE_IT_SHOULD_SET("D36") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public void set(Target target, LiveSetting setting, StepKey key, CallContext call) {
          boolean there = snapshot(target, call).contains(setting);
          String value = there ? setting.value() + setting.value() : setting.value();
          super.set(target, new LiveSetting(setting.name(), value, setting.summary()), key, call);
        }
      };
    }
  },
  REACHES_WHOEVER_SERVES("D37") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Optional<Endpoint> reach(Version version, Endpoint endpoint) {
          return Optional.of(endpoint);
        }
      };
    }
  },
  REACHES_ONLY_WHAT_SERVES("D37") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Optional<Endpoint> reach(Version version, Endpoint endpoint) {
          CallContext call = CallContext.of(Duration.ofSeconds(5));
          return super.reach(version, endpoint)
              .filter(reached -> serves(active(version.target(), call), version));
        }

        private static boolean serves(Optional<Deployment> active, Version version) {
          return active.filter(now -> now.split().names(version.id())).isPresent();
        }
      };
    }
  },
  FORGETS_HEADERS_WHEN_IT_REACHES("D37") {
    @Override
    Deployer deployer(InMemoryDeployer fake, TimeSource time) {
      return new EquippedDeployer(fake) {
        @Override
        public Optional<Endpoint> reach(Version version, Endpoint endpoint) {
          return Optional.of(endpoint.withHeaders(Map.of("x-version", version.id())));
        }
      };
    }
  };

  private static final Target PRODUCTION = new Target("contract", Environment.PRODUCTION);

  private final String rules;

  DeployerFlaw(String rules) {
    this.rules = rules;
  }

  /** The rules that it breaks. */
  Set<String> rules() {
    return Set.of(rules.split(" ", -1));
  }

  /** What kind of vendor it happens at. */
  Shape shape() {
    return Shape.SPLITTING;
  }

  /** A deployer with the flaw. */
  Deployer deployer(InMemoryDeployer fake, TimeSource time) {
    return new EquippedDeployer(fake);
  }

  /** The same without its vendor. */
  Deployer alone(InMemoryDeployer fake) {
    return new UnreachableDeployer(fake);
  }

  private static void again(Deployer deployer, Deployment active, CallContext call) {
    Deployment unused =
        deployer.activate(
            new ActivateRequest(
                active.target(),
                active.split(),
                new ExpectedBase.Standing(active.id()),
                new StepKey("flaw", "again"),
                "by itself"),
            call);
  }

  private static ActivateRequest with(ActivateRequest request, Split split) {
    return new ActivateRequest(
        request.target(), split, request.expectedBase(), request.key(), request.reason());
  }
}
