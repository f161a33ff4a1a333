import { mount } from 'svelte';
import './app.css';
import './lists.css';
import App from './App.svelte';
import { language } from './lib/i18n';

const target = document.getElementById('app');
document.documentElement.lang = language;
if (target) mount(App, { target });
