package io.kalam.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the condition of a query by precedence climbing, with the precedence and
 * associativity that Postgres gives the operators. Goes through the tokens once and never
 * back.
 * <p>
 * JSqlParser is not asked: 5.3 takes {@code a IN (1) AND b} for {@code a IN ((1) AND b)},
 * and thirty parentheses around a mistake keep it busy for half a minute.
 */
final class ConditionParser {

	private final TokenReader tokens;

	private final OperandParser operands;

	private final PredicateParser predicates;

	private final QueryLimits limits;

	private int terms;

	/**
	 * A parser.
	 * @param tokens at the beginning of the condition
	 * @param limits what the condition may cost
	 */
	ConditionParser(TokenReader tokens, QueryLimits limits) {
		this.tokens = tokens;
		this.operands = new OperandParser(tokens, () -> condition(Precedence.OR));
		this.predicates = new PredicateParser(tokens, this.operands, this::condition, limits);
		this.limits = limits;
	}

	/**
	 * Reads to the end of the query.
	 * @return the condition
	 */
	Syntax parse() {
		Syntax condition = condition(Precedence.OR);
		this.tokens.expectEnd();
		return condition;
	}

	/**
	 * Reads as far as what follows binds strongly enough.
	 * @param weakest the weakest operator that is read here; {@link Precedence#END} for
	 * all of them in a list of values
	 * @return an operand, or a condition
	 */
	private Syntax condition(Precedence weakest) {
		int position = this.tokens.position();
		boolean term = weakest != Precedence.END && weakest.compareTo(Precedence.IS) < 0;
		count((term && !this.tokens.at("(") && !this.tokens.at("not")) ? 1 : 0);
		Syntax left = this.tokens.accept("not") ? new Syntax.Not(condition(Precedence.NOT)) : this.operands.parse();
		boolean first = true;
		Precedence next = this.predicates.next();
		while (next != Precedence.END && next.compareTo(weakest) >= 0) {
			boolean counted = first || next.compareTo(Precedence.IS) < 0 || next == Precedence.OPERATOR;
			count(counted ? 0 : 1);
			left = extended(left, next, position);
			first &= next == Precedence.OPERATOR;
			next = this.predicates.next();
		}
		return left;
	}

	private Syntax extended(Syntax left, Precedence next, int position) {
		return switch (next) {
			case OR -> new Syntax.Or(chain(left, "or", Precedence.AND));
			case AND -> new Syntax.And(chain(left, "and", Precedence.NOT));
			default -> this.predicates.parse(left, next, position);
		};
	}

	private List<Syntax> chain(Syntax first, String word, Precedence weakest) {
		List<Syntax> links = new ArrayList<>(List.of(first));
		while (this.tokens.accept(word)) {
			links.add(condition(weakest));
		}
		return links;
	}

	private void count(int more) {
		this.terms += more;
		if (this.terms > this.limits.maxTerms()) {
			throw QueryException.unsupported(
					"A query may have " + this.limits.maxTerms() + " conditions; use IN for many values of one column",
					this.tokens.position());
		}
	}

}
