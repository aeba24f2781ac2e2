package dev.runbook.load.source;

/** Whether the call gives a sudo password, for hosts whose inventory gives none that can be read. */
public enum SudoPassword {
    GIVEN,
    NOT_GIVEN,
    /** Not known yet: it is for a later call to give. */
    LATER
}
