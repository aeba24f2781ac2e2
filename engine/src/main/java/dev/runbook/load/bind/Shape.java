package dev.runbook.load.bind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Values that a parameter may have, from its Java type. */
public sealed interface Shape {
    /** Description of the expected value, with an example where it helps. */
    String expected();

    record Text() implements Shape {
        @Override
        public String expected() {
            return "a text";
        }
    }

    record Flag() implements Shape {
        @Override
        public String expected() {
            return "true or false";
        }
    }

    /**
     * A whole number.
     *
     * @param isInt for a Java int; a long otherwise
     */
    record Whole(boolean isInt) implements Shape {
        @Override
        public String expected() {
            return "a whole number, such as 3";
        }
    }

    record Time() implements Shape {
        @Override
        public String expected() {
            return "a duration, such as 90s, 10m or 1h30m";
        }
    }

    record LocalPath() implements Shape {
        @Override
        public String expected() {
            return "a path on this machine, such as ./snapshot.db";
        }
    }

    record Hidden() implements Shape {
        @Override
        public String expected() {
            return "a secret";
        }
    }

    /**
     * A constant of an enum.
     *
     * @param names constants by name in YAML
     */
    record Choice(Map<String, Object> names) implements Shape {
        static Choice of(Class<?> type) {
            Map<String, Object> names = new LinkedHashMap<>();
            for (var constant : type.getEnumConstants()) {
                names.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
            }
            return new Choice(names);
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", names.keySet());
        }
    }

    record Maybe(Shape value) implements Shape {
        @Override
        public String expected() {
            return value.expected();
        }
    }

    record Many(Shape item) implements Shape {
        @Override
        public String expected() {
            return "a list";
        }
    }

    record Named(Shape value) implements Shape {
        @Override
        public String expected() {
            return "a mapping of names";
        }
    }

    record Fields(Class<? extends Record> type, List<Field> fields) implements Shape {
        @Override
        public String expected() {
            return "a mapping with "
                    + String.join(", ", fields.stream().map(Field::name).toList());
        }

        /** The field that a value without a mapping sets: the only required one. */
        public Optional<Field> shorthand() {
            var required = fields.stream().filter(Field::isRequired).toList();
            return required.size() == 1 ? Optional.of(required.getFirst()) : Optional.empty();
        }
    }

    /**
     * A component of a record.
     *
     * @param name as written in YAML
     * @param fallback as it would be written in YAML
     * @param doc its meaning; may be empty
     */
    record Field(String name, Shape shape, Optional<String> fallback, String doc) {
        public boolean isRequired() {
            return fallback.isEmpty()
                    && switch (shape) {
                        case Maybe maybe -> false;
                        case Many many -> false;
                        case Named named -> false;
                        case Text(), Flag(), Time(), LocalPath(), Hidden() -> true;
                        case Whole whole -> true;
                        case Choice choice -> true;
                        case Fields fields -> true;
                    };
        }
    }
}
