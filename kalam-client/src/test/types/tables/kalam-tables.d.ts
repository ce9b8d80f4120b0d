/**
 * The rows of the realtime tables, as kalam-client gives them. Written by Kalam from what the server serves: what
 * you change here is overwritten.
 */

declare module "kalam-client/tables" {
	interface KalamTables {
		"desk.messages": Message;
		messages: Message;
		"desk.tickets": DeskTicket;
		"public.every_type": EveryType;
		every_type: EveryType;
		"public.tickets": PublicTicket;
		tickets: PublicTicket;
	}
}

/** An array of Postgres, which may have nulls in it, and any number of dimensions. */
export type KalamArray<T> = readonly (T | null | KalamArray<T>)[];

/** desk.Odd *\/ name, by the key */
export interface DeskOddName {
	/** uuid */
	readonly "the key": string;
	/** int4 */
	readonly "ünï": number | null;
	/** int4 */
	readonly "a\"b": number | null;
}

/** desk.messages, by id */
export interface Message {
	/** int4 */
	readonly id: number;
}

/** desk.tickets, by no, room */
export interface DeskTicket {
	/** int4 */
	readonly room: number;
	/** int4 */
	readonly no: number;
}

/** public.every_type, by id */
export interface EveryType {
	/** uuid */
	readonly id: string;
	/** bool */
	readonly c_bool: boolean;
	/** int2 */
	readonly c_int2: number;
	/** int4 */
	readonly c_int4: number;
	/** int8 */
	readonly c_int8: string;
	/** oid */
	readonly c_oid: string | null;
	/** float4 */
	readonly c_float4: number | "NaN" | "Infinity" | "-Infinity" | null;
	/** float8 */
	readonly c_float8: number | "NaN" | "Infinity" | "-Infinity";
	/** numeric */
	readonly c_numeric: string | null;
	/** text */
	readonly c_text: string | null;
	/** varchar */
	readonly c_varchar: string | null;
	/** bpchar */
	readonly c_bpchar: string | null;
	/** name */
	readonly c_name: string | null;
	/** char */
	readonly c_char: string | null;
	/** public.citext */
	readonly c_citext: string | null;
	/** public.status */
	readonly c_enum: "open" | "in progress" | "it's \"done\"" | null;
	/** public.email */
	readonly c_email: string | null;
	/** inet */
	readonly c_inet: string | null;
	/** cidr */
	readonly c_cidr: string | null;
	/** macaddr */
	readonly c_macaddr: string | null;
	/** macaddr8 */
	readonly c_macaddr8: string | null;
	/** money */
	readonly c_money: string | null;
	/** xml */
	readonly c_xml: string | null;
	/** bit */
	readonly c_bit: string | null;
	/** varbit */
	readonly c_varbit: string | null;
	/** tsvector */
	readonly c_tsvector: string | null;
	/** tsquery */
	readonly c_tsquery: string | null;
	/** pg_lsn */
	readonly c_pg_lsn: string | null;
	/** xid8 */
	readonly c_xid8: string | null;
	/** jsonpath */
	readonly c_jsonpath: string | null;
	/** point */
	readonly c_point: string | null;
	/** line */
	readonly c_line: string | null;
	/** lseg */
	readonly c_lseg: string | null;
	/** box */
	readonly c_box: string | null;
	/** path */
	readonly c_path: string | null;
	/** polygon */
	readonly c_polygon: string | null;
	/** circle */
	readonly c_circle: string | null;
	/** public.ltree */
	readonly c_ltree: string | null;
	/** tstzrange */
	readonly c_range: string | null;
	/** int4multirange */
	readonly c_multirange: string | null;
	/** public.place */
	readonly c_composite: string | null;
	/** bytea */
	readonly c_bytea: string | null;
	/** json */
	readonly c_json: unknown;
	/** jsonb */
	readonly c_jsonb: unknown;
	/** date */
	readonly c_date: string | null;
	/** time */
	readonly c_time: string | null;
	/** timetz */
	readonly c_timetz: string | null;
	/** timestamp */
	readonly c_timestamp: string | null;
	/** timestamptz */
	readonly c_timestamptz: string | null;
	/** interval */
	readonly c_interval: string | null;
	/** int4[] */
	readonly c_int4s: KalamArray<number>;
	/** int8[] */
	readonly c_int8ss: KalamArray<string> | null;
	/** float8[] */
	readonly c_float8s: KalamArray<number | "NaN" | "Infinity" | "-Infinity"> | null;
	/** json[] */
	readonly c_jsons: KalamArray<unknown> | null;
	/** public.flags */
	readonly c_flags: KalamArray<"open" | "in progress" | "it's \"done\""> | null;
}

/** public.tickets, by id */
export interface PublicTicket {
	/** int8 */
	readonly id: string;
	/** text */
	readonly title: string;
	/** public.status */
	readonly status: "open" | "in progress" | "it's \"done\"";
	/** public.status[] */
	readonly history: KalamArray<"open" | "in progress" | "it's \"done\""> | null;
	/** timestamptz */
	readonly opened_at: string;
	/** text */
	readonly assignee_id: string | null;
}
