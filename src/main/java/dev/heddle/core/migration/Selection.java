package dev.heddle.core.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Which collections are meant. @param problems names that stand for nothing */
public record Selection(List<String> collections, List<String> problems) {

    /** Names are the ones of Weaviate, which begin with a capital letter. */
    public static Selection of(MigrationPlan plan, Collection<String> there) {
        var problems = new ArrayList<String>();
        var chosen = new TreeSet<>(plan.include().isEmpty() ? there : plan.include());
        chosen.stream()
                .filter(name -> !there.contains(name))
                .forEach(name -> problems.add("the source has no collection " + name));
        plan.exclude().stream()
                .filter(name -> !there.contains(name))
                .forEach(name -> problems.add("the source has no collection " + name + ", which is excluded"));
        chosen.retainAll(there);
        plan.exclude().forEach(chosen::remove);
        return new Selection(List.copyOf(chosen), List.copyOf(problems));
    }
}
