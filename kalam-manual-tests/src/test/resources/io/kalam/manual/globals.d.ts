// What the pages of the manual's readers have already.
declare const getToken: () => Promise<string>;
declare const session: { token: string };
declare const root: import("react-dom/client").Root;
declare function show(rows: readonly unknown[]): void;
declare const kalam: import("kalam-client").Kalam;
declare function TicketCard(props: { ticket: object }): import("react").ReactElement;
