import { z } from "zod"

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "Use the form 2030-12-31.")

export const Booking = z.object({
  email: z.string().email(),
  guests: z.number().int().min(1).max(8),
  from: day,
  to: day,
}).refine((booking) => booking.from < booking.to, { path: ["to"], message: "Must be after the arrival." })

export type Booking = z.infer<typeof Booking>
