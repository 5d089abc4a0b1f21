import "./frame/install.svelte";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { language } from "./frame/language.svelte";

language.start();

const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app to draw into.");
mount(App, { target });
