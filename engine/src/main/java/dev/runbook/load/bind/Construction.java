package dev.runbook.load.bind;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Result of calling a record's constructor, which may refuse the values. */
sealed interface Construction {
    record Made(Object value) implements Construction {}

    record Refused(Problem problem) implements Construction {}

    static Construction of(Shape.RecordShape shape, List<Object> values, Position place) {
        var types = Arrays.stream(shape.type().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = shape.type().getDeclaredConstructor(types);
            // Records of step types need not be public.
            constructor.setAccessible(true);
            return new Made(constructor.newInstance(values.toArray()));
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof IllegalArgumentException refused) {
                return new Refused(Problem.at(place, "invalid-value", String.valueOf(refused.getMessage()), ""));
            }
            throw new IllegalStateException("constructor of " + shape.type().getName() + " failed", thrown.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot construct " + shape.type().getName(), impossible);
        }
    }
}
