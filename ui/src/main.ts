import { mount } from 'svelte';
import './app.css';
import './lists.css';
import App from './App.svelte';
import { firstAnswers } from './api';
import { language } from './lib/i18n';

const target = document.getElementById('app');
document.documentElement.lang = language;
// Drawn once, with what it has to say, and not first as a page that waits.
await firstAnswers();
if (target) mount(App, { target });
