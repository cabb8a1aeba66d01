package dev.heddle.core.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class SubsetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: 1}                                | {a: 1, b: 2}                       | true",
                "{a: 1}                                | {a: 2}                             | false",
                "{a: 1}                                | {b: 1}                             | false",
                "{a: {b: [{c: 1}]}}                    | {a: {b: [{c: 1, d: TCP}]}}         | true",
                "{a: [1]}                              | {a: [1, 2]}                        | false",
                "{a: [1, 2]}                           | {a: [2, 1]}                        | false",
                "{a: false, b: 0, c: '', d: {}, e: []} | {}                                 | true",
                "{a: true}                             | {}                                 | false",
                "{a: [1]}                              | {}                                 | false",
                "{a: {b: 1}}                           | {a: text}                          | false",
                "{requests: {memory: 1024Mi}}          | {requests: {memory: 1Gi, cpu: 1}}  | true",
                "{limits: {cpu: '1'}}                  | {limits: {cpu: 1500m}}             | false",
                "{limits: {cpu: '1'}}                  | {limits: {}}                       | false",
                "{value: 1024Mi}                       | {value: 1Gi}                       | false",
                "{a: null}                             | {}                                 | true",
            })
    void actualMayHaveMore(String wanted, String actual, boolean holds) {
        assertThat(Subset.holds(tree(wanted), tree(actual))).isEqualTo(holds);
    }

    private static Map<?, ?> tree(String yaml) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }
}
