package dev.runbook.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** What is wrong with a JSON text, in one line for a person. */
public final class BadJson {
    private BadJson() {}

    /** What, and where: the line and column in the text, else the path in the document. */
    public static String why(JacksonException exception) {
        // Behind this Jackson speaks of its own settings and classes.
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
