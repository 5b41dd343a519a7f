import './look/look.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { BrowserRouter } from 'react-router';
import { App } from './app.tsx';
import { LiveProvider } from './live/live-provider.tsx';
import { SessionProvider } from './session/session-provider.tsx';
import { firstLanguage, startTexts } from './texts/texts.ts';

const place = document.getElementById('portal');
if (!place) throw new Error('index.html has no #portal');
const texts = await startTexts(firstLanguage());

createRoot(place).render(
  <StrictMode>
    <I18nextProvider i18n={texts}>
      <BrowserRouter>
        <SessionProvider>
          <LiveProvider>
            <App />
          </LiveProvider>
        </SessionProvider>
      </BrowserRouter>
    </I18nextProvider>
  </StrictMode>,
);
