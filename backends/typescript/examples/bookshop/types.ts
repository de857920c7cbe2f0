import { z } from "zod";

const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ format: "decimal" });

const page = <Item extends z.ZodType>(name: string, item: Item) =>
  z.object({ items: z.array(item), total: z.int() }).meta({ id: name });

export const Status = z.enum(["open", "paid", "shipped", "cancelled"]).meta({ id: "Status" });

export const User = z
  .object({
    id: z.int(),
    name: z.string(),
    email: z.string(),
    avatar_url: z.string().nullable(),
    joined: z.iso.datetime(),
  })
  .meta({ id: "User" });

export const Address = z
  .object({ id: z.int(), line1: z.string(), city: z.string(), country: z.string() })
  .meta({ id: "Address" });

export const Favourites = z.object({ book_ids: z.array(z.uuid()) }).meta({ id: "Favourites" });

export const Order = z
  .object({
    id: z.int(),
    user_id: z.int(),
    status: Status,
    total: decimal,
    placed: z.iso.datetime(),
  })
  .meta({ id: "Order" });

export const OrderPage = z
  .object({ items: z.array(Order), next_cursor: z.string().nullable() })
  .meta({ id: "OrderPage" });

export const OrderLine = z
  .object({ id: z.int(), book_id: z.uuid(), title: z.string(), qty: z.int(), price: decimal })
  .meta({ id: "OrderLine" });

export const quantity = z.int().min(1).max(99);

export const OrderLineInput = z
  .object({ book_id: z.uuid(), qty: quantity })
  .meta({ id: "OrderLineInput" });

export const Book = z
  .object({
    id: z.uuid(),
    title: z.string(),
    author: z.string(),
    price: decimal,
    stock: z.int(),
    tags: z.array(z.string()),
  })
  .meta({ id: "Book" });

export const BookPage = page("BookPage", Book);

export const CatalogFilter = z
  .object({
    author: z.string().nullable().default(null),
    max_price: decimal.nullable().default(null),
  })
  .meta({ id: "CatalogFilter" });

export const Country = z.object({ code: z.string(), name: z.string() }).meta({ id: "Country" });

export const personName = z.string().min(1).max(80);

export const ProfileForm = z
  .object({ name: personName, email: z.email() })
  .meta({ id: "ProfileForm" });

export const OutOfStock = z.object({ book_id: z.uuid(), left: z.int() }).meta({ id: "OutOfStock" });

export const Removed = z.object({ id: z.int() }).meta({ id: "Removed" });
