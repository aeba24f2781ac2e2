package dev.runbook.step;

/**
 * Base of step types, which takes their name, parameters and summary in its constructor.
 *
 * @param <P> as in {@link StepType}
 */
public abstract class NamedStepType<P extends Record> implements StepType<P> {
    private final String name;
    private final Class<P> parameters;
    private final String summary;

    protected NamedStepType(String name, Class<P> parameters, String summary) {
        this.name = name;
        this.parameters = parameters;
        this.summary = summary;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String summary() {
        return summary;
    }

    @Override
    public final Class<P> parameters() {
        return parameters;
    }
}
