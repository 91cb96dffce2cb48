package io.jenkins.plugins.projectdeployer.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.projectdeployer.node.http.NodeJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadBackTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1}             | {'a':2}                 | {'a':2}                         | ",
                "{'a':1}             | {'a':2}                 | {'a':1}                         | /a",
                "{}                  | {'a':2}                 | {}                              | /a",
                "{'a':1}             | {}                      | {}                              | ",
                "{'a':1}             | {}                      | {'a':1}                         | /a",
                "{'a':1,'v':7}       | {'a':2,'v':7}           | {'a':2,'v':8}                   | ",
                "{'a':1,'v':7}       | {'a':2,'v':7}           | {'a':2}                         | /v",
                "{'a':1,'v':null}    | {'a':2,'v':null}        | {'a':2}                         | ",
                "{'a':1}             | {'a':null}              | {}                              | ",
                "{}                  | {'a':[]}                | {}                              | ",
                "{'a':1}             | {'a':2}                 | {'a':2.0}                       | ",
                "{'a':1}             | {'a':2}                 | {'a':'2'}                       | /a",
                "{}                  | {'a':[{'g':'x'}]}       | {'a':[{'g':'x','f':false}]}     | ",
                "{}                  | {'a':[{'g':'x'},{'g':'y'}]} | {'a':[{'g':'y'},{'g':'x'}]} | ",
                "{}                  | {'a':[{'g':'x'}]}       | {'a':[{'g':'x'},{'g':'z'}]}     | /a",
                "{'a':[{'g':'x'},{'g':'z'}]} | {'a':[{'g':'x'}]} | {'a':[{'g':'x'},{'g':'z'}]}   | /a",
                "{}                  | {'a':['x','x']}         | {'a':['x','y']}                 | /a",
                "{'a':{'b':{'c':1}}} | {'a':{'b':{'c':2,'d':3}}} | {'a':{'b':{'c':2}}}           | /a/b/d",
                "{'a':{'b':1}}       | {'a':{'b':2}}           | {'a':5}                         | /a",
                "{'a':1}             | {'a':{'b':2}}           | {'a':{'b':2,'c':3}}             | ",
                "{'a':1,'b':1}       | {'a':2,'b':2}           | {'a':1,'b':1}                   | /a,/b",
                "{}                  | {'x/y~z':1}             | {}                              | /x~1y~0z",
            })
    void what_was_not_taken_over_is_found(String before, String wanted, String after, String notTaken) throws Exception {
        assertThat(String.join(",", ReadBack.notTaken(json(before), json(wanted), json(after))))
                .isEqualTo(notTaken == null ? "" : notTaken);
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) NodeJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
