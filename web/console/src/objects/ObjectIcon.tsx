import {
  AlarmClock,
  BadgeCheck,
  Bike,
  Book,
  Box,
  Briefcase,
  Building,
  Calendar,
  Car,
  ClipboardList,
  Cpu,
  CreditCard,
  FileText,
  Flag,
  Gift,
  Globe,
  GraduationCap,
  Hammer,
  Heart,
  Hotel,
  House,
  Key,
  Laptop,
  Layers,
  type LucideIcon,
  MapPin,
  Package,
  Phone,
  Plane,
  Plug,
  Receipt,
  Repeat,
  Rocket,
  Shield,
  ShoppingBag,
  ShoppingCart,
  Star,
  Tag,
  Ticket,
  Truck,
  User,
  Utensils,
  Wallet,
  Wrench,
} from "lucide-react";
import type { CSSProperties } from "react";

/** The names that a kind of record may choose from; the server refuses others. */
const ICONS: Readonly<Record<string, LucideIcon>> = {
  "alarm-clock": AlarmClock,
  "badge-check": BadgeCheck,
  bike: Bike,
  book: Book,
  box: Box,
  briefcase: Briefcase,
  building: Building,
  calendar: Calendar,
  car: Car,
  "clipboard-list": ClipboardList,
  cpu: Cpu,
  "credit-card": CreditCard,
  "file-text": FileText,
  flag: Flag,
  gift: Gift,
  globe: Globe,
  "graduation-cap": GraduationCap,
  hammer: Hammer,
  heart: Heart,
  home: House,
  hotel: Hotel,
  key: Key,
  laptop: Laptop,
  layers: Layers,
  "map-pin": MapPin,
  package: Package,
  phone: Phone,
  plane: Plane,
  plug: Plug,
  receipt: Receipt,
  repeat: Repeat,
  rocket: Rocket,
  shield: Shield,
  "shopping-bag": ShoppingBag,
  "shopping-cart": ShoppingCart,
  star: Star,
  tag: Tag,
  ticket: Ticket,
  truck: Truck,
  user: User,
  utensils: Utensils,
  wallet: Wallet,
  wrench: Wrench,
};

export function iconOf(name: string | null): LucideIcon {
  return ICONS[name ?? ""] ?? Box;
}

/** The mark of a kind of record, on a tint of its colour. */
export function ObjectIcon({ icon, color }: { icon: string | null; color: string | null }) {
  const Icon = iconOf(icon);
  const style = color === null ? undefined : ({ "--klass": color } as CSSProperties);
  return (
    <span className="object-icon" style={style} aria-hidden="true">
      <Icon size={15} />
    </span>
  );
}
