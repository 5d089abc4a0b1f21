/** Signs of the check, drawn like the app's icons; they come with the check, not with the app. */
import { icons } from "../../components/icons";

export const signs = {
  emergency: icons.warn,
  same_day: icons.clock,
  soon: "M5 6h14v14H5zM5 10.500h14M9 3.700V8M15 3.700V8M9.300 15.200l2 2 3.600-3.800",
  self_care:
    "M4 11.300 12 4.500l8 6.800M6.200 9.700V19.500h11.600V9.700M12 17.200c-2.300-1.500-3.300-2.600-3.300-3.800a1.700 1.700 0 0 1 3.300-.7 1.700 1.700 0 0 1 3.300.7c0 1.200-1 2.300-3.300 3.800",
  call: "M6.500 3.400 8.700 3a1.300 1.300 0 0 1 1.400.8l1.100 2.800a1.300 1.300 0 0 1-.4 1.400L9.400 9.300c1 2.200 2.900 4.200 5.300 5.400l1.400-1.500a1.300 1.300 0 0 1 1.500-.4l2.700 1.200c.5.200.8.800.7 1.300l-.5 2.300c-.2.700-.8 1.200-1.500 1.200C11.700 18.400 5.400 12.100 5.100 4.800c0-.7.700-1.300 1.400-1.400Z",
} as const;

export type SignName = keyof typeof signs;
