// Its types alone, for which TypeScript has had words since 5.3.
import type { JobResult } from "ringcentral-ai" with { "resolution-mode": "import" };
type Client = import("ringcentral-ai", { with: { "resolution-mode": "import" } }).JobsClient;

export const result = async (client: Client, id: string): Promise<JobResult> => (await client.get(id)).wait();
