package nl.praatmetjeboekhouding.dirk.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** What a probe can do wrong, and the rules that say so. */
enum ProbeFlaw {
  CALLS_SILENT_SUCCESS_A_FAILURE("H1") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          return judged(super.read(endpoint, call), "answered 204", Health.UNHEALTHY);
        }
      };
    }
  },
  HAS_NO_CLOCK("H1") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          Reading reading = super.read(endpoint, call);
          return with(reading, reading.health(), Instant.EPOCH);
        }
      };
    }
  },
  CALLS_NOT_FOUND_A_SUCCESS("H2") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          return judged(super.read(endpoint, call), "answered 404", Health.HEALTHY);
        }
      };
    }
  },
  THROWS_WHEN_NOBODY_LISTENS("H3") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          Reading reading = super.read(endpoint, call);
          if (reading.reason().contains("ConnectException")) {
            throw new UncheckedIOException(new IOException(reading.reason()));
          }
          return reading;
        }
      };
    }
  },
  CALLS_HALF_AN_ANSWER_INCONCLUSIVE("H3") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          return judged(super.read(endpoint, call), "no answer: EOFException", Health.INCONCLUSIVE);
        }
      };
    }
  },
  HAS_A_PATIENCE_OF_ITS_OWN("H4") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          Duration patience = Duration.ofMillis(5500);
          Duration longer = call.timeout().compareTo(patience) < 0 ? patience : call.timeout();
          return super.read(endpoint, new CallContext(longer, call.cancellation()));
        }
      };
    }
  },
  THROWS_AT_GARBAGE("H5") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          Reading reading = super.read(endpoint, call);
          if (reading.reason().equals("no answer: IOException")) {
            throw new IllegalStateException("this is not HTTP");
          }
          return reading;
        }
      };
    }
  },
  CALLS_A_REDIRECT_A_SUCCESS("H6") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          return judged(super.read(endpoint, call), "answered 302", Health.HEALTHY);
        }
      };
    }
  },
  READS_TO_THE_END("H7") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        long limit() {
          return Long.MAX_VALUE;
        }
      };
    }
  },
  LOOKS_AGAIN_BEFORE_IT_SAYS_BAD_THINGS("H8") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          Reading reading = super.read(endpoint, call);
          return reading.health() == Health.UNHEALTHY ? super.read(endpoint, call) : reading;
        }
      };
    }
  },
  MINDS_THE_CASE_OF_HEADERS("H9") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          boolean cannot =
              endpoint.identity() instanceof IdentityRule.Header header
                  && header.name().startsWith("X");
          return super.read(cannot ? nameless(endpoint) : endpoint, call);
        }
      };
    }
  },
  GIVES_THE_NAMELESS_A_NAME("H10") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          Reading reading = super.read(endpoint, call);
          return reading.identity().isPresent() || endpoint.identity() instanceof IdentityRule.None
              ? reading
              : reading.withIdentity("unknown");
        }
      };
    }
  },
  DOES_NOT_ASK_THE_SICK_FOR_THEIR_NAME("H11") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          Reading reading = super.read(endpoint, call);
          return reading.health() == Health.UNHEALTHY
              ? Reading.of(reading.health(), reading.reason(), reading.at())
              : reading;
        }
      };
    }
  },
  KEEPS_HEADERS_TO_ITSELF("H12") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          return super.read(endpoint.withHeaders(Map.of()), call);
        }
      };
    }
  },
  TAKES_BEING_TURNED_AWAY_PERSONALLY("H13") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          return judged(super.read(endpoint, call), "answered 429", Health.UNHEALTHY);
        }
      };
    }
  },
  THROWS_AT_ODD_ADDRESSES("H13") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          if (!endpoint.uri().getScheme().equals("http")) {
            throw new IllegalArgumentException("unknown scheme");
          }
          return super.read(endpoint, call);
        }
      };
    }
  },
  LOOKS_THOUGH_IT_WAS_STOPPED("H14") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          boolean stopped = call.cancellation().isStopped();
          return super.read(endpoint, stopped ? unstoppable(call) : call);
        }
      };
    }
  },
  CANNOT_BE_STOPPED_UNDER_WAY("H15") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          boolean stopped = call.cancellation().isStopped();
          return super.read(endpoint, stopped ? call : unstoppable(call));
        }
      };
    }
  },
  TAKES_AN_INTERRUPT_FOR_A_FAILURE("H16") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          return Thread.currentThread().isInterrupted()
              ? Reading.of(Health.UNHEALTHY, "interrupted", time.instant())
              : super.read(endpoint, call);
        }
      };
    }
  },
  SWALLOWS_AN_INTERRUPT("H16") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          return Thread.interrupted()
              ? Reading.of(Health.INCONCLUSIVE, "interrupted", time.instant())
              : super.read(endpoint, call);
        }
      };
    }
  },
  SERVES_ONE_THREAD_ONLY("H17") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        private final Thread owner = Thread.currentThread();

        @Override
        public Reading read(Endpoint endpoint, CallContext call) {
          if (Thread.currentThread() != owner) {
            throw new IllegalStateException("busy");
          }
          return super.read(endpoint, call);
        }
      };
    }
  },
  CANNOT_BE_CLOSED_TWICE("H18") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
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
  SHOWS_BODIES_AS_THEY_CAME("H19") {
    @Override
    HealthProbe probe(TimeSource time) {
      return new PlainProbe(time) {
        @Override
        String shown(String body) {
          return body;
        }
      };
    }
  };

  private final String rules;

  ProbeFlaw(String rules) {
    this.rules = rules;
  }

  /** The rules that it breaks. */
  Set<String> rules() {
    return Set.of(rules.split(" ", -1));
  }

  /** A probe with the flaw. */
  abstract HealthProbe probe(TimeSource time);

  private static Reading judged(Reading reading, String reason, Health health) {
    return reading.reason().equals(reason) ? with(reading, health, reading.at()) : reading;
  }

  private static Reading with(Reading reading, Health health, Instant at) {
    return new Reading(
        health,
        reading.reason(),
        reading.identity(),
        at,
        reading.phases(),
        reading.certificateExpiry(),
        reading.excerpt());
  }

  private static Endpoint nameless(Endpoint endpoint) {
    return new Endpoint(endpoint.uri(), new IdentityRule.None(), endpoint.headers());
  }

  private static CallContext unstoppable(CallContext call) {
    return new CallContext(call.timeout(), Cancellation.create());
  }
}
