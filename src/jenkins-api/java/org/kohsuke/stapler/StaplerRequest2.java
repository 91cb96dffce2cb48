package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import java.util.List;
import net.sf.json.JSONObject;

public interface StaplerRequest2 {

    <T> T bindJSON(Class<T> type, JSONObject src);

    <T> List<T> bindJSONToList(Class<T> type, Object src);

    JSONObject getSubmittedForm() throws ServletException;
}
