package io.kalam.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads the condition of a query, with the precedence that Postgres gives the operators:
 * OR, AND, NOT, IS, comparison, IN and BETWEEN, from the weakest to the strongest. Goes
 * through the tokens once and never back.
 * <p>
 * JSqlParser is not asked: 5.3 takes {@code a IN (1) AND b} for {@code a IN ((1) AND b)},
 * and thirty parentheses around a mistake keep it busy for half a minute.
 */
final class ConditionParser {

	private final TokenReader tokens;

	private final OperandParser operands;

	private final QueryLimits limits;

	private int terms;

	/**
	 * A parser.
	 * @param tokens at the beginning of the condition
	 * @param limits what the condition may cost
	 */
	ConditionParser(TokenReader tokens, QueryLimits limits) {
		this.tokens = tokens;
		this.operands = new OperandParser(tokens, this::any);
		this.limits = limits;
	}

	/**
	 * Reads to the end of the query.
	 * @return the condition
	 */
	Syntax parse() {
		Syntax condition = any();
		this.tokens.expectEnd();
		return condition;
	}

	private Syntax any() {
		List<Syntax> conditions = chain("or", this::all);
		return (conditions.size() > 1) ? new Syntax.Or(conditions) : conditions.get(0);
	}

	private Syntax all() {
		List<Syntax> conditions = chain("and", this::not);
		return (conditions.size() > 1) ? new Syntax.And(conditions) : conditions.get(0);
	}

	private List<Syntax> chain(String word, Supplier<Syntax> link) {
		List<Syntax> links = new ArrayList<>();
		do {
			links.add(link.get());
		}
		while (this.tokens.accept(word));
		return links;
	}

	private Syntax not() {
		return this.tokens.accept("not") ? new Syntax.Not(not()) : test();
	}

	private Syntax test() {
		count(this.tokens.at("(") ? 0 : 1);
		Syntax condition = comparison();
		while (this.tokens.accept("is")) {
			boolean not = this.tokens.accept("not");
			condition = negated(is(condition), not);
			count(this.tokens.at("is") ? 1 : 0);
		}
		return condition;
	}

	private void count(int more) {
		this.terms += more;
		if (this.terms > this.limits.maxTerms()) {
			throw QueryException.unsupported(
					"A query may have " + this.limits.maxTerms() + " conditions; use IN for many values of one column",
					this.tokens.position());
		}
	}

	private Syntax is(Syntax condition) {
		if (this.tokens.accept("null")) {
			return (condition instanceof Syntax.Bare bare) ? new Syntax.IsNull(bare.operand())
					: new Syntax.Is(condition, Truth.UNKNOWN);
		}
		if (this.tokens.accept("unknown")) {
			return new Syntax.Is(condition, Truth.UNKNOWN);
		}
		if (this.tokens.accept("true")) {
			return new Syntax.Is(condition, Truth.TRUE);
		}
		this.tokens.expect("false");
		return new Syntax.Is(condition, Truth.FALSE);
	}

	private Syntax comparison() {
		int position = this.tokens.position();
		Syntax left = term();
		if (!this.tokens.atComparison()) {
			return left;
		}
		Operator operator = Operator.of(this.tokens.next().value());
		int behind = this.tokens.position();
		return new Syntax.Comparison(OperandParser.operand(left, position), operator,
				OperandParser.operand(term(), behind));
	}

	private Syntax term() {
		int position = this.tokens.position();
		Syntax left = this.operands.parse();
		boolean not = this.tokens.at("not");
		boolean list = this.tokens.isAhead(not ? 1 : 0, "in");
		if (!list && !this.tokens.isAhead(not ? 1 : 0, "between")) {
			return left;
		}
		this.tokens.skip(not ? 2 : 1);
		Syntax.Operand operand = OperandParser.operand(left, position);
		return negated(list ? in(operand) : between(operand), not);
	}

	private Syntax in(Syntax.Operand operand) {
		int position = this.tokens.position();
		this.tokens.expect("(");
		List<Syntax.Operand> values = new ArrayList<>();
		do {
			values.add(this.operands.parseOperand());
		}
		while (this.tokens.accept(","));
		this.tokens.expect(")");
		if (values.size() > this.limits.maxInList()) {
			throw QueryException.unsupported("A list may have " + this.limits.maxInList() + " values", position);
		}
		return new Syntax.In(operand, values);
	}

	private Syntax between(Syntax.Operand operand) {
		Syntax.Operand least = this.operands.parseOperand();
		this.tokens.expect("and");
		Syntax.Operand greatest = this.operands.parseOperand();
		return new Syntax.And(List.of(new Syntax.Comparison(operand, Operator.GREATER_OR_EQUAL, least),
				new Syntax.Comparison(operand, Operator.LESS_OR_EQUAL, greatest)));
	}

	private static Syntax negated(Syntax syntax, boolean not) {
		return not ? new Syntax.Not(syntax) : syntax;
	}

}
