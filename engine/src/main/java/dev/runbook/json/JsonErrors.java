package dev.runbook.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** Describes an error in a JSON text in one line. */
public final class JsonErrors {
    private JsonErrors() {}

    /** The error and its place: the line and column in the text, or else the path in the document. */
    public static String describe(JacksonException exception) {
        // The rest of the message names settings and classes of Jackson.
        var what = String.valueOf(exception.getOriginalMessage()).split(" \\((?:index|class|for|start) |; `", 2)[0];
        var place = exception.getLocation();
        if (place != null && place.getLineNr() > 0) {
            return what + " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
        }
        var path = exception instanceof DatabindException databind ? databind.getPathReference() : "";
        // dev.runbook.Document["hosts"]->java.util.ArrayList[0]->...
        var inDocument = path.replaceAll("(?:^|->)[\\w.$]+(?=\\[)", "");
        return inDocument.isEmpty() ? what : what + " (at " + inDocument + ")";
    }
}
