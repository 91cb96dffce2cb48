package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import net.sf.json.JSONObject;

public interface StaplerRequest2 {

    <T> T bindJSON(Class<T> type, JSONObject src);

    JSONObject getSubmittedForm() throws ServletException;
}
