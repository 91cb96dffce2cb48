package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import net.sf.json.JSONObject;

public interface StaplerRequest2 extends HttpServletRequest {

    <T> T bindJSON(Class<T> type, JSONObject src);

    <T> T findAncestorObject(Class<T> type);

    JSONObject getSubmittedForm() throws ServletException;
}
