import type { Student } from '../../../main/contract/evidence-schema.ts';

const names = [
  'Mª Ángeles Ñíguez Peñalver',
  'José María Torregrosa Agulló',
  'Núria Llopis i Català',
  'Íñigo Zúñiga Güell',
  'Mª del Mar Espinós Boïl',
  'Àngela Ferrándiz Sempere',
  "Joan d'Ors Puigcerver",
  'Begoña Santamaría Ibáñez',
  'Jesús Óscar Clavijo Muñoz',
  'Lucía Fernández-Montesinos Ávila',
  'Adrián Pérez Soler',
  'Nerea Agirre Etxeberria',
  'Omar El Khattabi Benali',
  'Zoë Martínez Müller',
  'Yaiza Quintana Déniz',
  'Héctor Ruiz Cañas',
  'Inés de la Peña Vidal',
  'Rubén Gómez Gómez',
  'Carla Bañuls Císcar',
  'Wei Chen Zhou',
  'Ainhoa Iturriaga Ortúzar',
  'Víctor Sánchez Úbeda',
  'Mª José Alarcón Peris',
  'Saúl Núñez Cervantes',
  'Elisenda Roig Mestre',
  'Tomás Ibarra Güemes',
  'Úrsula Cebrián Añó',
  'Pau Climent Beltrán',
  'Raquel Sáez Yáñez',
  'Álvaro Castelló Navarro',
] as const;

/** A class of thirty: accents, «ñ», «ç», «Mª», apostrophes, hyphens and two surnames. */
export const students: readonly Student[] = names.map((name, index) => ({ name, nia: String(10_203_040 + index * 7) }));
