import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './page.css';
import { createRoot } from 'react-dom/client';
import { present } from '#shared/kernel/assert.ts';
import { App } from './app.tsx';

createRoot(present(document.getElementById('root'), 'the page has a root')).render(<App />);
