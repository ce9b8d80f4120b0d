package io.kalam.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads what may stand on a side of a comparison: a column, a value, or a condition in
 * parentheses.
 */
final class OperandParser {

	private static final String WANTED = "a column, a value or a parameter";

	private final TokenReader tokens;

	private final Supplier<Syntax> condition;

	/**
	 * A parser.
	 * @param tokens where to read from
	 * @param condition reads what stands in parentheses
	 */
	OperandParser(TokenReader tokens, Supplier<Syntax> condition) {
		this.tokens = tokens;
		this.condition = condition;
	}

	/**
	 * What can be compared of something that was read.
	 * @param syntax what was read
	 * @param position where it begins
	 * @return the operand
	 */
	static Syntax.Operand operand(Syntax syntax, int position) {
		if (syntax instanceof Syntax.Bare bare) {
			return bare.operand();
		}
		if (syntax instanceof Syntax.TruthValue value) {
			return value;
		}
		throw conditionAsOperand(position);
	}

	static QueryException conditionAsOperand(int position) {
		return QueryException.unsupported("Only columns, values and parameters can be compared; a condition is tested"
				+ " with IS TRUE or IS FALSE", position);
	}

	Syntax parse() {
		Syntax parsed = this.tokens.accept("(") ? group() : simple();
		if (this.tokens.at("+") || this.tokens.at("-") || this.tokens.at("*")) {
			throw QueryException.unsupported(
					"Arithmetic is not supported; compute the value in the application and pass it as a parameter",
					this.tokens.position());
		}
		if (this.tokens.at("at") && (this.tokens.isAhead(1, "time") || this.tokens.isAhead(1, "local"))) {
			throw QueryException.unsupported("AT TIME ZONE is not supported; write a time with its zone",
					this.tokens.position());
		}
		return parsed;
	}

	/**
	 * Reads what stands between parentheses.
	 */
	private Syntax group() {
		Syntax inner = this.condition.get();
		this.tokens.expect(")");
		return inner;
	}

	private Syntax simple() {
		if (this.tokens.at("+") || this.tokens.at("-")) {
			return new Syntax.Bare(signed());
		}
		int position = this.tokens.position();
		if (this.tokens.accept("null")) {
			return new Syntax.TruthValue(Truth.UNKNOWN, position);
		}
		if (this.tokens.at("true") || this.tokens.at("false")) {
			return new Syntax.TruthValue(Truth.of(this.tokens.next().isWord("true")), position);
		}
		if (this.tokens.accept("current_user")) {
			return new Syntax.Bare(new Syntax.CurrentUser(position));
		}
		SqlToken token = this.tokens.next(WANTED);
		return switch (token.kind()) {
			case STRING, NUMBER, PARAMETER -> new Syntax.Bare(new Syntax.Value(token, false));
			case WORD, QUOTED -> new Syntax.Bare(name(token));
			case SYMBOL -> throw QueryException.syntaxError(token, WANTED + " is expected");
		};
	}

	private Syntax.Operand signed() {
		boolean negative = false;
		int position = this.tokens.position();
		while (this.tokens.at("+") || this.tokens.at("-")) {
			negative ^= this.tokens.next().isSymbol("-");
		}
		if (parse() instanceof Syntax.Bare bare && bare.operand() instanceof Syntax.Value value
				&& value.token().kind() == SqlToken.Kind.NUMBER) {
			return new Syntax.Value(value.token(), value.negative() ^ negative);
		}
		throw QueryException.unsupported("A sign may stand before a number only", position);
	}

	private Syntax.Name name(SqlToken first) {
		if (!first.isIdentifier()) {
			throw QueryException.syntaxError(first, WANTED + " is expected");
		}
		List<SqlToken> parts = new ArrayList<>(List.of(first));
		while (this.tokens.accept(".")) {
			SqlToken part = this.tokens.next(WANTED);
			if (part.isSymbol("*")) {
				throw QueryException.unsupported("Whole rows can't be compared; compare each column", first.position());
			}
			parts.add(part);
		}
		return new Syntax.Name(parts);
	}

}
