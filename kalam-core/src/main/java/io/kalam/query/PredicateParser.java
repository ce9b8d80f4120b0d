package io.kalam.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what makes a condition of an operand: comparisons, BETWEEN, IN, and what begins
 * with IS.
 */
final class PredicateParser {

	private static final List<String> PREDICATES = List.of("in", "between", "like", "ilike");

	private static final Set<String> OTHER_TESTS = Set.of("document", "json", "normalized", "nfc", "nfd", "nfkc",
			"nfkd");

	private final TokenReader tokens;

	private final OperandParser operands;

	private final Function<Precedence, Syntax> condition;

	private final QueryLimits limits;

	/**
	 * A parser.
	 * @param tokens where to read from
	 * @param operands reads a single operand
	 * @param condition reads as far as operators bind at least as strongly as it is told
	 * @param limits what the condition may cost
	 */
	PredicateParser(TokenReader tokens, OperandParser operands, Function<Precedence, Syntax> condition,
			QueryLimits limits) {
		this.tokens = tokens;
		this.operands = operands;
		this.condition = condition;
		this.limits = limits;
	}

	/**
	 * What comes next, behind an operand or a condition.
	 * @return how strongly it binds
	 */
	Precedence next() {
		if (this.tokens.atComparison()) {
			return Precedence.COMPARISON;
		}
		if (this.tokens.atOperator()) {
			return Precedence.OPERATOR;
		}
		int ahead = this.tokens.at("not") ? 1 : 0;
		if (PREDICATES.stream().anyMatch((word) -> this.tokens.isAhead(ahead, word))) {
			return Precedence.PREDICATE;
		}
		if (this.tokens.at("is")) {
			return Precedence.IS;
		}
		if (this.tokens.at("and")) {
			return Precedence.AND;
		}
		return this.tokens.at("or") ? Precedence.OR : Precedence.END;
	}

	/**
	 * Reads what comes next.
	 * @param left what was read before
	 * @param next what comes: a comparison, a predicate or IS
	 * @param position where {@code left} begins
	 * @return the condition
	 */
	Syntax parse(Syntax left, Precedence next, int position) {
		if (next == Precedence.IS) {
			this.tokens.expect("is");
			boolean not = this.tokens.accept("not");
			return this.tokens.at("distinct") ? distinct(OperandParser.operand(left, position), not)
					: negated(is(left), not);
		}
		Syntax.Operand operand = OperandParser.operand(left, position);
		if (next == Precedence.OPERATOR) {
			return operator(operand);
		}
		if (next == Precedence.COMPARISON) {
			Operator operator = Operator.of(this.tokens.next().value());
			boolean quantified = this.tokens.at("any") || this.tokens.at("some") || this.tokens.at("all");
			return quantified ? quantified(operand, operator)
					: new Syntax.Comparison(operand, operator, right(Precedence.COMPARISON, Precedence.PREDICATE));
		}
		boolean not = this.tokens.accept("not");
		if (this.tokens.accept("in")) {
			return negated(in(operand), not);
		}
		return negated(this.tokens.accept("between") ? between(operand) : like(operand), not);
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
		if (this.tokens.accept("false")) {
			return new Syntax.Is(condition, Truth.FALSE);
		}
		SqlToken token = this.tokens.next("NULL, TRUE, FALSE or UNKNOWN");
		if (token.kind() == SqlToken.Kind.WORD && OTHER_TESTS.contains(token.value())) {
			throw QueryException.unsupported(
					"IS is followed by NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM in a live query", token.position());
		}
		throw QueryException.syntaxError(token, "IS is followed by NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM");
	}

	/**
	 * Reads the right side of something that is not associative.
	 * @param precedence how strongly that binds
	 * @param stronger what binds more strongly by one
	 */
	private Syntax.Operand right(Precedence precedence, Precedence stronger) {
		int position = this.tokens.position();
		Syntax.Operand right = OperandParser.operand(this.condition.apply(stronger), position);
		if (next() == precedence) {
			throw QueryException.syntaxError(this.tokens.next(),
					"put one of the two conditions that follow each other here in parentheses");
		}
		return right;
	}

	private Syntax distinct(Syntax.Operand left, boolean not) {
		this.tokens.expect("distinct");
		this.tokens.expect("from");
		Syntax distinct = new Syntax.Distinct(left, right(Precedence.IS, Precedence.COMPARISON));
		return negated(distinct, not);
	}

	/**
	 * Reads an operator that is no comparison, and its right side; it is associative to
	 * the left.
	 */
	private Syntax operator(Syntax.Operand left) {
		String symbol = this.tokens.next().value();
		int position = this.tokens.position();
		Syntax.Operand right = OperandParser.operand(this.condition.apply(Precedence.VALUE), position);
		if (!symbol.startsWith("->")) {
			return new Syntax.ArrayTest(left, symbol, right);
		}
		if (steps(left) >= this.limits.maxNesting()) {
			throw QueryException.unsupported("A path may have " + this.limits.maxNesting() + " steps", position);
		}
		return new Syntax.Bare(new Syntax.Json(left, right, symbol.equals("->>")));
	}

	private static int steps(Syntax.Operand operand) {
		int steps = 0;
		Syntax.Operand at = operand;
		while (at instanceof Syntax.Json json) {
			at = json.operand();
			steps++;
		}
		return steps;
	}

	private Syntax quantified(Syntax.Operand operand, Operator operator) {
		boolean all = this.tokens.next().isWord("all");
		this.tokens.expect("(");
		int position = this.tokens.position();
		Syntax.Operand array = OperandParser.operand(this.condition.apply(Precedence.END), position);
		this.tokens.expect(")");
		return new Syntax.Quantified(operand, operator, array, all);
	}

	private Syntax like(Syntax.Operand operand) {
		boolean ignoreCase = this.tokens.next().isWord("ilike");
		if (this.tokens.at("any") || this.tokens.at("some") || this.tokens.at("all")) {
			throw QueryException.unsupported("ANY and ALL stand behind comparisons; join conditions by OR or AND",
					this.tokens.position());
		}
		Syntax.Operand pattern = right(Precedence.PREDICATE, Precedence.OPERATOR);
		boolean escaped = this.tokens.accept("escape");
		return new Syntax.Like(operand, pattern, escaped ? right(Precedence.PREDICATE, Precedence.OPERATOR) : null,
				ignoreCase);
	}

	private Syntax in(Syntax.Operand operand) {
		int position = this.tokens.position();
		this.tokens.expect("(");
		List<Syntax.Operand> values = new ArrayList<>();
		do {
			int start = this.tokens.position();
			values.add(OperandParser.operand(this.condition.apply(Precedence.END), start));
		}
		while (this.tokens.accept(","));
		this.tokens.expect(")");
		if (values.size() > this.limits.maxInList()) {
			throw QueryException.unsupported("A list may have " + this.limits.maxInList() + " values", position);
		}
		return new Syntax.In(operand, values);
	}

	private Syntax between(Syntax.Operand operand) {
		boolean symmetric = this.tokens.accept("symmetric");
		if (!symmetric) {
			this.tokens.accept("asymmetric");
		}
		Syntax.Operand first = bound();
		this.tokens.expect("and");
		Syntax.Operand second = right(Precedence.PREDICATE, Precedence.OPERATOR);
		Syntax between = between(operand, first, second);
		return symmetric ? new Syntax.Or(List.of(between, between(operand, second, first))) : between;
	}

	private static Syntax between(Syntax.Operand operand, Syntax.Operand least, Syntax.Operand greatest) {
		return new Syntax.And(List.of(new Syntax.Comparison(operand, Operator.GREATER_OR_EQUAL, least),
				new Syntax.Comparison(operand, Operator.LESS_OR_EQUAL, greatest)));
	}

	/**
	 * Reads the first bound of BETWEEN, which ends at AND ({@code b_expr}).
	 */
	private Syntax.Operand bound() {
		int position = this.tokens.position();
		Syntax bound = this.operands.parse();
		while (next() == Precedence.OPERATOR) {
			bound = operator(OperandParser.operand(bound, position));
		}
		if (next() == Precedence.COMPARISON || next() == Precedence.IS) {
			throw OperandParser.conditionAsOperand(position);
		}
		return OperandParser.operand(bound, position);
	}

	private static Syntax negated(Syntax syntax, boolean not) {
		return not ? new Syntax.Not(syntax) : syntax;
	}

}
