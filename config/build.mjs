// Builds every *.bundle.{js,css,scss} below the apps' public folders into
// sites/assets/<app>/dist/{js,css}/NAME.bundle.HASH.ext and writes sites/assets/assets.json.
// `bench build` does the same in production; the registry edition comes without that program.

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import autoprefixer from "autoprefixer";
import * as esbuild from "esbuild";
import postcss from "postcss";
import * as sass from "sass";
import * as sfc from "@vue/compiler-sfc";

const CONFIG = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(CONFIG);
const SITES = path.join(ROOT, "sites");
const MODULES = path.join(CONFIG, "node_modules");
const APPS = fs.readFileSync(path.join(SITES, "apps.txt"), "utf8").split("\n").filter(Boolean);
const SCOPE = Object.fromEntries(APPS.map((app) => [app, path.join(ROOT, "apps", app)]));

/** An HTML template of the desk becomes an entry of frappe.templates. */
const html = {
	name: "html",
	setup(build) {
		build.onLoad({ filter: /\.html$/ }, ({ path: file }) => {
			const text = fs.readFileSync(file, "utf8").replace(/<!--[^]*?-->/g, "").replace(/\s+/g, " ");
			const name = JSON.stringify(path.basename(file, ".html"));
			return { contents: `frappe.templates[${name}] = ${JSON.stringify(text)};` };
		});
	},
};

/** A Vue component becomes one module; its styles go where the desk keeps all its own. */
const vue = {
	name: "vue",
	setup(build) {
		build.onLoad({ filter: /\.vue$/ }, ({ path: file }) => {
			const { descriptor, errors } = sfc.parse(fs.readFileSync(file, "utf8"), { filename: file });
			if (errors.length) return { errors: errors.map((error) => ({ text: error.message })) };
			const id = "data-v-" + createHash("sha256").update(file).digest("hex").slice(0, 8);
			const scoped = descriptor.styles.some((style) => style.scoped);
			const options = { id, isProd: true, inlineTemplate: true, genDefaultAs: "component" };
			const parts = [];
			if (descriptor.scriptSetup || descriptor.script) {
				const templateOptions = { scoped, compilerOptions: { scopeId: scoped ? id : undefined } };
				parts.push(sfc.compileScript(descriptor, { ...options, templateOptions }).content);
			} else {
				parts.push("const component = {};");
			}
			if (descriptor.template && !descriptor.scriptSetup) {
				const template = sfc.compileTemplate({
					source: descriptor.template.content,
					filename: file,
					id,
					scoped,
					compilerOptions: { scopeId: scoped ? id : undefined },
				});
				parts.push(template.code, "component.render = render;");
			}
			if (scoped) parts.push(`component.__scopeId = ${JSON.stringify(id)};`);
			const css = descriptor.styles.map((style) => {
				const source = style.lang ? compileSass(style.content, file) : style.content;
				return sfc.compileStyle({ source, filename: file, id, scoped: style.scoped }).code;
			});
			if (css.length) parts.push(`frappe.dom.set_style(${JSON.stringify(css.join("\n"))});`);
			parts.push("export default component;");
			return { contents: parts.join("\n"), resolveDir: path.dirname(file) };
		});
	},
};

/** "~package/file" and "app/public/file" in an @import. */
const importer = {
	findFileUrl(url) {
		if (url.startsWith("~")) return pathToFileURL(path.join(MODULES, url.slice(1)));
		const app = SCOPE[url.split("/")[0]];
		return app ? pathToFileURL(path.join(app, url)) : null;
	},
};

function compileSass(text, file) {
	const options = {
		url: pathToFileURL(file),
		importers: [importer],
		loadPaths: [path.dirname(file)],
		quietDeps: true,
		logger: sass.Logger.silent,
		syntax: "scss",
	};
	return sass.compileString(text, options).css;
}

/** SCSS and CSS, with the prefixes that older phones need. */
const styles = {
	name: "styles",
	setup(build) {
		// addresses on the server, not files to bundle
		build.onResolve({ filter: /^\/assets\// }, ({ path: address }) => ({ path: address, external: true }));
		build.onLoad({ filter: /\.scss$/ }, async ({ path: file }) => {
			const css = compileSass(fs.readFileSync(file, "utf8"), file);
			const prefixed = await postcss([autoprefixer]).process(css, { from: file });
			return { contents: prefixed.css, loader: "css", resolveDir: path.dirname(file) };
		});
	},
};

/** Imports of an app's own files by the app's name. */
const apps = {
	name: "apps",
	setup(build) {
		const names = new RegExp(`^(${APPS.join("|")})/`);
		build.onResolve({ filter: names }, ({ path: name }) => {
			const file = path.join(SCOPE[name.split("/")[0]], name);
			return fs.existsSync(file) ? { path: file } : undefined;
		});
	},
};

function bundlesOf(app) {
	const folder = path.join(SCOPE[app], app, "public");
	if (!fs.existsSync(folder)) return [];
	return fs
		.readdirSync(folder, { recursive: true })
		.filter((file) => /\.bundle\.(js|css|scss)$/.test(file) && !/^(dist|node_modules)\//.test(file))
		.map((file) => path.join(folder, file));
}

async function build(app, type, entryPoints) {
	const outdir = path.join(SCOPE[app], app, "public", "dist", type);
	fs.rmSync(outdir, { recursive: true, force: true });
	if (!entryPoints.length) return {};
	const result = await esbuild.build({
		entryPoints,
		outdir,
		entryNames: "[name].[hash]",
		assetNames: "[name].[hash]",
		bundle: true,
		minify: true,
		sourcemap: "linked",
		metafile: true,
		format: "iife",
		target: ["es2018", "chrome67", "firefox60", "safari12"],
		nodePaths: [MODULES],
		plugins: [apps, html, vue, styles],
		loader: { ".svg": "dataurl", ".png": "dataurl", ".gif": "dataurl" },
		define: {
			"process.env.NODE_ENV": '"production"',
			__VUE_OPTIONS_API__: "true",
			__VUE_PROD_DEVTOOLS__: "false",
			__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
			// The realtime server listens on a port of its own here, as under `bench start`.
			"window.dev_server": "true",
		},
		logLevel: "error",
	});
	const names = {};
	for (const [file, output] of Object.entries(result.metafile.outputs)) {
		if (!output.entryPoint) continue;
		const name = path.basename(output.entryPoint).replace(/\.scss$/, ".css");
		names[name] = `/assets/${app}/dist/${type}/${path.basename(file)}`;
	}
	return names;
}

const assets = {};
for (const app of APPS) {
	const bundles = bundlesOf(app);
	const scripts = bundles.filter((file) => file.endsWith(".js"));
	const sheets = bundles.filter((file) => !file.endsWith(".js"));
	Object.assign(assets, await build(app, "js", scripts), await build(app, "css", sheets));
}
const target = path.join(SITES, "assets", "assets.json");
fs.writeFileSync(target + ".new", JSON.stringify(assets, null, "\t"));
fs.renameSync(target + ".new", target);
console.log(`${Object.keys(assets).length} bundles`);
