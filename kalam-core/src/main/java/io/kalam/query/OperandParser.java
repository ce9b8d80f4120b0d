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

	private final TypeNameParser types;

	/**
	 * A parser.
	 * @param tokens where to read from
	 * @param condition reads what stands in parentheses
	 */
	OperandParser(TokenReader tokens, Supplier<Syntax> condition) {
		this.tokens = tokens;
		this.condition = condition;
		this.types = new TypeNameParser(tokens);
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
		int position = this.tokens.position();
		Syntax parsed = this.tokens.accept("(") ? group() : simple();
		while (this.tokens.at("::") || this.tokens.at("collate")) {
			Syntax.Operand operand = operand(parsed, position);
			parsed = new Syntax.Bare(this.tokens.accept("::") ? cast(operand, this.types.parse()) : collated(operand));
		}
		if (this.tokens.at("[")) {
			throw QueryException.unsupported("Subscripts are not supported; write 'value' = ANY (column)",
					this.tokens.position());
		}
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

	private static Syntax.Operand cast(Syntax.Operand operand, TypeName type) {
		if (operand instanceof Syntax.Value || operand instanceof Syntax.TruthValue
				|| operand instanceof Syntax.CurrentUser) {
			return new Syntax.Cast(operand, type);
		}
		throw QueryException.unsupported("Only values are cast, and only once; cast the value to the type of the"
				+ " column that it is compared with", type.position());
	}

	private Syntax.Operand collated(Syntax.Operand operand) {
		this.tokens.expect("collate");
		SqlToken name = this.tokens.next("the name of a collation");
		boolean binary = name.kind() == SqlToken.Kind.QUOTED && name.value().equals("C");
		if (!binary) {
			throw QueryException.unsupported("Other collations than COLLATE \"C\" can't be reproduced exactly",
					name.position());
		}
		if (operand instanceof Syntax.Collate) {
			throw QueryException.unsupported("COLLATE \"C\" is written once", name.position());
		}
		return new Syntax.Collate(operand);
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
		if (this.tokens.accept("cast")) {
			return new Syntax.Bare(cast());
		}
		SqlToken token = this.tokens.next(WANTED);
		return switch (token.kind()) {
			case STRING, NUMBER, PARAMETER -> new Syntax.Bare(new Syntax.Value(token, false));
			case WORD, QUOTED ->
				new Syntax.Bare(isTypeOfString(token) ? typedString(this.types.parse(token)) : named(token));
			case SYMBOL -> throw QueryException.syntaxError(token, WANTED + " is expected");
		};
	}

	private Syntax.Operand cast() {
		this.tokens.expect("(");
		int position = this.tokens.position();
		Syntax.Operand operand = operand(this.condition.get(), position);
		this.tokens.expect("as");
		Syntax.Operand cast = cast(operand, this.types.parse());
		this.tokens.expect(")");
		return cast;
	}

	/**
	 * Whether a type is named in front of a string: {@code DATE '2026-01-31'}.
	 */
	private boolean isTypeOfString(SqlToken token) {
		boolean several = (token.isWord("double") && this.tokens.at("precision"))
				|| (token.isWord("character") && this.tokens.at("varying"))
				|| ((token.isWord("time") || token.isWord("timestamp"))
						&& (this.tokens.at("with") || this.tokens.at("without")));
		return token.isIdentifier() && (this.tokens.atString() || several);
	}

	private Syntax.Operand typedString(TypeName type) {
		SqlToken value = this.tokens.next("a string");
		if (value.kind() != SqlToken.Kind.STRING) {
			throw QueryException.syntaxError(value, "a string is expected");
		}
		return new Syntax.Cast(new Syntax.Value(value, false), type);
	}

	/**
	 * Reads a name, of a column or of a type with its schema in front of a string.
	 */
	private Syntax.Operand named(SqlToken first) {
		Syntax.Name name = name(first);
		boolean type = this.tokens.atString() && name.parts().size() == 2;
		return type ? typedString(new TypeName(first.value(), name.last().value(), false, first.position())) : name;
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
		throw QueryException.unsupported(
				"A sign may stand before a number only; one that is cast is written as a string: '-5'::int", position);
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
