// The browser's side of the realtime server: node realtime_client.mjs CONFIG ADDRESS COOKIE [ORIGIN].
// Prints "connected" or the refusal, then every message of the event "uji".

import { createRequire } from "node:module";

const [config, address, cookie, origin] = process.argv.slice(2);
const { io } = createRequire(`${config}/`)("socket.io-client");

const extraHeaders = { Cookie: cookie, ...(origin && { Origin: origin }) };
const socket = io(address, { extraHeaders, transports: ["websocket"], reconnection: false });
socket.on("connect", () => console.log("connected"));
socket.on("connect_error", (error) => console.log(error.message));
socket.on("uji", (message) => console.log(message));
