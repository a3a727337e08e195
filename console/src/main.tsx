import { getSelf } from "@corbenic/sdk/endpoints";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Entrance } from "./app/entrance.tsx";
import { createConsoleRouter } from "./app/router.tsx";
import { isSignedOut } from "./cloud.ts";
import { keyOf } from "./queries.ts";
import "./style/theme.css";
import "./style/layout.css";
import "./style/controls.css";
import "./style/parts.css";
import "./style/tables.css";
import "./style/charts.css";
import "./style/platforms.css";
import "./style/pages.css";
import "./style/jobs.css";
import "./style/print.css";

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error) {
      if (isSignedOut(error)) client.setQueryData(keyOf(getSelf), null);
    },
  }),
  // The SDK tries again by itself what may succeed later.
  defaultOptions: { queries: { retry: false, staleTime: 5_000 } },
});
const router = createConsoleRouter();

createRoot(document.getElementById("console")!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Entrance>
        <RouterProvider router={router} />
      </Entrance>
    </QueryClientProvider>
  </StrictMode>,
);
