// Realtime server: what the site publishes in Redis goes to the browsers that may see it.
// Rooms and event names are Frappe's own (frappe/realtime.py, public/js/frappe/socketio_client.js).

import fs from "node:fs";
import http from "node:http";

import { createClient } from "@redis/client";
import { Server } from "socket.io";

const config = JSON.parse(fs.readFileSync("common_site_config.json", "utf8"));
const WEB = `http://127.0.0.1:${config.webserver_port}`;
const SITE = config.default_site;

const server = http.createServer((request, response) => response.writeHead(404).end());
const io = new Server(server, {
	// The page comes from another port of the same host; any other origin is refused below.
	cors: { origin: true, credentials: true },
});

/** Ask the site, as the user of this socket. Throws when the site refuses. */
async function ask(socket, method, parameters = {}) {
	const query = new URLSearchParams(parameters);
	const { cookie, authorization } = socket.request.headers;
	const headers = { "X-Frappe-Site-Name": SITE, Accept: "application/json" };
	if (cookie) headers.Cookie = cookie;
	if (authorization) headers.Authorization = authorization;
	const answer = await fetch(`${WEB}/api/method/${method}?${query}`, {
		headers,
		signal: AbortSignal.timeout(10_000),
	});
	if (!answer.ok) throw new Error(`${method}: ${answer.status}`);
	return (await answer.json()).message;
}

const may = (socket, method, parameters) =>
	ask(socket, `frappe.realtime.${method}`, parameters).then(
		() => true,
		() => false
	);

const hostname = (address) => new URL(address).hostname;

const site = io.of(`/${SITE}`);

site.use(async (socket, next) => {
	const { host, origin } = socket.request.headers;
	try {
		if (origin && hostname(origin) !== hostname(`http://${host}`)) throw new Error("foreign origin");
		const { user, user_type } = await ask(socket, "frappe.realtime.get_user_info");
		Object.assign(socket, { user, user_type });
		next();
	} catch (error) {
		next(new Error(`Unauthorized: ${error.message}`));
	}
});

const openRoom = (doctype, name) => `open_doc:${doctype}/${name}`;

/** Tell those who have a document open who else has. */
async function announceViewers(doctype, name) {
	const room = openRoom(doctype, name);
	const users = [...new Set((await site.in(room).fetchSockets()).map((viewer) => viewer.data.user))];
	site.to(room).emit("doc_viewers", { doctype, docname: name, users });
}

site.on("connection", (socket) => {
	socket.data.user = socket.user;
	const opened = new Map();
	const isSystemUser = socket.user_type === "System User";

	socket.join("website");
	if (socket.user !== "Guest") socket.join(`user:${socket.user}`);
	if (isSystemUser) socket.join("all");

	socket.on("ping", () => socket.emit("pong"));
	socket.on("task_subscribe", (id) => socket.join(`task_progress:${id}`));
	socket.on("progress_subscribe", (id) => socket.join(`task_progress:${id}`));
	socket.on("task_unsubscribe", (id) => socket.leave(`task_progress:${id}`));

	socket.on("doctype_subscribe", async (doctype) => {
		if (await may(socket, "can_subscribe_doctype", { doctype })) socket.join(`doctype:${doctype}`);
	});
	socket.on("doctype_unsubscribe", (doctype) => socket.leave(`doctype:${doctype}`));

	socket.on("doc_subscribe", async (doctype, docname) => {
		if (await may(socket, "can_subscribe_doc", { doctype, docname })) socket.join(`doc:${doctype}/${docname}`);
	});
	socket.on("doc_unsubscribe", (doctype, docname) => socket.leave(`doc:${doctype}/${docname}`));

	socket.on("doc_open", async (doctype, docname) => {
		if (!(await may(socket, "can_subscribe_doc", { doctype, docname }))) return;
		socket.join(openRoom(doctype, docname));
		opened.set(openRoom(doctype, docname), [doctype, docname]);
		await announceViewers(doctype, docname);
	});
	socket.on("doc_close", async (doctype, docname) => {
		socket.leave(openRoom(doctype, docname));
		if (opened.delete(openRoom(doctype, docname))) await announceViewers(doctype, docname);
	});
	socket.on("disconnect", () => opened.forEach((document) => announceViewers(...document)));
});

const messages = createClient({ url: config.redis_queue });
messages.on("error", (error) => console.error("redis:", error.message));
await messages.connect();
await messages.subscribe("events", (text) => {
	const { namespace, room, event, message } = JSON.parse(text);
	if (namespace !== SITE) return;
	(room ? site.to(room) : site).emit(event, message);
});

server.listen(config.socketio_port, "127.0.0.1");
