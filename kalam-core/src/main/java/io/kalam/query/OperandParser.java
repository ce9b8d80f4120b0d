package io.kalam.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads what may stand on a side of a comparison: a column, a value, or a condition in
 * parentheses.
 */
final class OperandParser {

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
		throw QueryException.unsupported("Only columns, values and parameters can be compared; a condition is tested"
				+ " with IS TRUE or IS FALSE", position);
	}

	Syntax.Operand parseOperand() {
		int position = this.tokens.position();
		return operand(parse(), position);
	}

	Syntax parse() {
		Syntax parsed = this.tokens.accept("(") ? group() : simple();
		if (this.tokens.at("+") || this.tokens.at("-") || this.tokens.at("*")) {
			throw QueryException.unsupported(
					"Arithmetic is not supported; compute the value in the application and pass it as a parameter",
					this.tokens.position());
		}
		return parsed;
	}

	private Syntax group() {
		Syntax inner = this.condition.get();
		this.tokens.expect(")");
		return inner;
	}

	private Syntax simple() {
		if (this.tokens.at("+") || this.tokens.at("-")) {
			return new Syntax.Bare(signed());
		}
		if (this.tokens.accept("null")) {
			return new Syntax.TruthValue(Truth.UNKNOWN);
		}
		if (this.tokens.at("true") || this.tokens.at("false")) {
			return new Syntax.TruthValue(Truth.of(this.tokens.next().value().equals("true")));
		}
		SqlToken token = this.tokens.next();
		return switch (token.kind()) {
			case STRING, NUMBER, PARAMETER -> new Syntax.Bare(new Syntax.Value(token, false));
			case WORD, QUOTED -> new Syntax.Bare(name(token));
			case SYMBOL -> throw QueryException.syntaxError(token);
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
			throw QueryException.syntaxError(first);
		}
		List<SqlToken> parts = new ArrayList<>(List.of(first));
		while (this.tokens.accept(".")) {
			parts.add(this.tokens.next());
		}
		return new Syntax.Name(parts);
	}

}
