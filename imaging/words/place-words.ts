/** Where an image lies, or may go. */
export const placeWords = {
  "place.folder": (p: { path: string }) => `folder ${p.path}`,
  "place.stick": "The rescue stick",
  // label: empty without one
  "place.partition": (p: { disk: string; number: number; label: string }) =>
    `${p.disk}, partition ${p.number}${labelled(p)}`,
  "place.whole-disk": (p: { disk: string; label: string }) => `${p.disk}, whole disk${labelled(p)}`,
  "place.repository": (p: { place: string; name: string }) => `${p.place}: ${p.name}`,
};

const labelled = ({ label }: { label: string }): string => (label === "" ? "" : ` "${label}"`);
