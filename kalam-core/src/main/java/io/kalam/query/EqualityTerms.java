package io.kalam.query;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds the equalities without which a condition is not true.
 */
final class EqualityTerms {

	private EqualityTerms() {
	}

	static List<EqualityTerm> of(Condition condition) {
		if (condition instanceof Condition.Comparison comparison && comparison.operator() == Operator.EQUAL) {
			return List.of(new EqualityTerm(comparison.column(), List.of(comparison.literal().value())));
		}
		if (condition instanceof Condition.In in) {
			return List.of(new EqualityTerm(in.column(), in.list().literals().stream().map(Literal::value).toList()));
		}
		if (condition instanceof Condition.And and) {
			return and.conditions().stream().flatMap((term) -> of(term).stream()).toList();
		}
		if (condition instanceof Condition.Or or) {
			return ofEach(or.conditions());
		}
		return (condition instanceof Condition.Is is && is.truth() == Truth.TRUE) ? of(is.condition()) : List.of();
	}

	/**
	 * Whichever of them is true, a column that is in a term of each has one of all their
	 * values.
	 */
	private static List<EqualityTerm> ofEach(List<Condition> alternatives) {
		List<List<EqualityTerm>> terms = alternatives.stream().map(EqualityTerms::of).toList();
		List<EqualityTerm> common = new ArrayList<>();
		for (EqualityTerm term : terms.get(0)) {
			List<Object> values = new ArrayList<>();
			boolean inEach = terms.stream().allMatch((others) -> addValues(find(others, term), values));
			if (inEach) {
				common.add(new EqualityTerm(term.column(), values));
			}
		}
		return common;
	}

	private static @Nullable EqualityTerm find(List<EqualityTerm> terms, EqualityTerm like) {
		return terms.stream().filter((term) -> term.column().equals(like.column())).findFirst().orElse(null);
	}

	private static boolean addValues(@Nullable EqualityTerm term, List<Object> values) {
		return term != null && values.addAll(term.values());
	}

}
